import { Button } from "./controls.tsx";

interface PagedList {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** At the end of a list that has another page. */
export function ShowMore({ list }: { list: PagedList }) {
  if (!list.hasNextPage) return null;
  return (
    <div>
      <Button onPress={() => void list.fetchNextPage()} busy={list.isFetchingNextPage}>
        Show more
      </Button>
    </div>
  );
}
