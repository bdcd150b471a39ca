import { Button } from "../../ui/controls.tsx";

interface PagedList {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

export function MoreTracks({ list }: { list: PagedList }) {
  if (!list.hasNextPage) return null;
  return (
    <div>
      <Button onPress={() => void list.fetchNextPage()} busy={list.isFetchingNextPage}>
        Show more
      </Button>
    </div>
  );
}
