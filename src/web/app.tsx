/** The pages and who may see them. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useRef, type ReactNode } from "react";
import { Route, Switch, useLocation } from "wouter";
import { ApiError } from "./api/client.ts";
import { useSession } from "./api/queries.ts";
import { ClassPage } from "./pages/class/class.tsx";
import { ClassesPage } from "./pages/classes/classes.tsx";
import { HistoryPage } from "./pages/history/history.tsx";
import { SummaryPage } from "./pages/history/summary.tsx";
import { MusicPage } from "./pages/music/music.tsx";
import { TrackPage } from "./pages/music/track.tsx";
import { NotFoundPage } from "./pages/not-found.tsx";
import { SignInPage } from "./pages/sign-in.tsx";
import { TodayPage } from "./pages/today/today.tsx";
import { CalibratePage } from "./pages/you/calibrate.tsx";
import { YouPage } from "./pages/you/you.tsx";
import { ContinueOffer } from "./workout/continue-offer.tsx";
import { WorkoutPage } from "./workout/workout-page.tsx";
import { Shell } from "./ui/shell.tsx";
import { Failed, Loading } from "./ui/states.tsx";
import { UndoProvider } from "./ui/undo.tsx";

/** What the server refuses stays refused; what it could not answer is asked once more. */
const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 1 && !(error instanceof ApiError && error.status >= 400),
    },
  },
});

/** Nothing of a person is shown before the session is known. */
function SignedIn({ children }: { children: ReactNode }) {
  const session = useSession();
  if (session.data !== undefined) return <>{children}</>;
  if (session.error instanceof ApiError && session.error.status === 401) return <SignInPage />;
  return (
    <main className="page">
      {session.error === null ? (
        <Loading what="Upbeat" />
      ) : (
        <>
          <ContinueOffer />
          <Failed error={session.error} onRetry={() => void session.refetch()} />
        </>
      )}
    </main>
  );
}

/** A new page starts at its top, and the keyboard starts with its content. */
function useFreshStart(): void {
  const [location] = useLocation();
  const shown = useRef(location);
  useEffect(() => {
    if (shown.current === location) return;
    shown.current = location;
    scrollTo(0, 0);
    document.getElementById("content")?.focus({ preventScroll: true });
  }, [location]);
}

function Pages() {
  useFreshStart();
  return (
    <Shell>
      <ContinueOffer />
      <Switch>
        <Route path="/" component={TodayPage} />
        <Route path="/classes" component={ClassesPage} />
        <Route path="/classes/:id">{({ id }) => <ClassPage classId={id} />}</Route>
        <Route path="/history" component={HistoryPage} />
        <Route path="/history/:id">{({ id }) => <SummaryPage workoutId={id} />}</Route>
        <Route path="/music" component={MusicPage} />
        <Route path="/music/:id">{({ id }) => <TrackPage trackId={id} />}</Route>
        <Route path="/you" component={YouPage} />
        <Route path="/you/calibrate" component={CalibratePage} />
        <Route component={NotFoundPage} />
      </Switch>
    </Shell>
  );
}

export function App() {
  return (
    <QueryClientProvider client={client}>
      <UndoProvider>
        <Switch>
          {/* Outside: an interrupted workout goes on without the server. */}
          <Route path="/workout/:id">{({ id }) => <WorkoutPage classId={id} />}</Route>
          <Route>
            <SignedIn>
              <Pages />
            </SignedIn>
          </Route>
        </Switch>
      </UndoProvider>
    </QueryClientProvider>
  );
}
