/** The pages and who may see them. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useEffect, useRef, type ReactNode } from "react";
import { Route, Switch, useLocation } from "wouter";
import { ApiError } from "./api/client.ts";
import { useSession } from "./api/queries.ts";
import { ClassPage } from "./pages/class/class.tsx";
import { ClassesPage } from "./pages/classes/classes.tsx";
import { NotFoundPage } from "./pages/not-found.tsx";
import { SignInPage } from "./pages/sign-in.tsx";
import { TodayPage } from "./pages/today/today.tsx";
import { ContinueOffer } from "./workout/continue-offer.tsx";
import { KeepOffer } from "./workout/keep-question.tsx";
import { lazyPage, loadPagesWhenIdle } from "./ui/lazy-page.tsx";
import { Shell } from "./ui/shell.tsx";
import { Failed, Loading } from "./ui/states.tsx";
import { UndoProvider } from "./ui/undo.tsx";

const NewClassPage = lazyPage(async () => (await import("./pages/editor/editor.tsx")).NewClassPage);
const EditClassPage = lazyPage(async () => (await import("./pages/editor/editor.tsx")).EditClassPage);
const ProgrammesPage = lazyPage(
  async () => (await import("./pages/programmes/programmes.tsx")).ProgrammesPage,
);
const ProgrammePage = lazyPage(async () => (await import("./pages/programmes/programme.tsx")).ProgrammePage);
const HistoryPage = lazyPage(async () => (await import("./pages/history/history.tsx")).HistoryPage);
const SummaryPage = lazyPage(async () => (await import("./pages/history/summary.tsx")).SummaryPage);
const MusicPage = lazyPage(async () => (await import("./pages/music/music.tsx")).MusicPage);
const TrackPage = lazyPage(async () => (await import("./pages/music/track.tsx")).TrackPage);
const YouPage = lazyPage(async () => (await import("./pages/you/you.tsx")).YouPage);
const ConsentPage = lazyPage(async () => (await import("./pages/you/consent.tsx")).ConsentPage);
const TastePage = lazyPage(async () => (await import("./pages/you/taste.tsx")).TastePage);
const AuditPage = lazyPage(async () => (await import("./pages/you/audit.tsx")).AuditPage);
const SecurityPage = lazyPage(async () => (await import("./pages/people/security.tsx")).SecurityPage);
const PeoplePage = lazyPage(async () => (await import("./pages/people/people.tsx")).PeoplePage);
const JoinPage = lazyPage(async () => (await import("./pages/join.tsx")).JoinPage);
const PhonePage = lazyPage(async () => (await import("./pages/phone/phone.tsx")).PhonePage);
const CalibratePage = lazyPage(async () => (await import("./pages/you/calibrate.tsx")).CalibratePage);
const CrankAnglePage = lazyPage(async () => (await import("./pages/you/crank-angle.tsx")).CrankAnglePage);
const AppsPage = lazyPage(async () => (await import("./pages/apps/apps.tsx")).AppsPage);
const AppReportPage = lazyPage(async () => (await import("./pages/apps/report.tsx")).AppReportPage);
const ServerAppsPage = lazyPage(async () => (await import("./pages/apps/server-apps.tsx")).ServerAppsPage);
const NetworksPage = lazyPage(async () => (await import("./pages/networks/networks.tsx")).NetworksPage);
const MessagesPage = lazyPage(async () => (await import("./pages/apps/messages.tsx")).MessagesPage);
const ConnectPage = lazyPage(async () => (await import("./pages/apps/connect.tsx")).ConnectPage);
const DevelopersPage = lazyPage(
  async () => (await import("./pages/developers/developers.tsx")).DevelopersPage,
);
const WorkoutPage = lazyPage(async () => (await import("./workout/workout-page.tsx")).WorkoutPage);

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
      <KeepOffer />
      <Suspense>
        <Switch>
          <Route path="/" component={TodayPage} />
          <Route path="/classes" component={ClassesPage} />
          <Route path="/classes/new" component={NewClassPage} />
          <Route path="/classes/:id/edit">{({ id }) => <EditClassPage key={id} classId={id} />}</Route>
          <Route path="/classes/:id">{({ id }) => <ClassPage classId={id} />}</Route>
          <Route path="/programmes" component={ProgrammesPage} />
          <Route path="/programmes/:id">{({ id }) => <ProgrammePage id={id} />}</Route>
          <Route path="/history" component={HistoryPage} />
          <Route path="/history/:id">{({ id }) => <SummaryPage workoutId={id} />}</Route>
          <Route path="/music" component={MusicPage} />
          <Route path="/music/:id">{({ id }) => <TrackPage trackId={id} />}</Route>
          <Route path="/you" component={YouPage} />
          <Route path="/you/calibrate" component={CalibratePage} />
          <Route path="/you/crank-angle" component={CrankAnglePage} />
          <Route path="/you/consent" component={ConsentPage} />
          <Route path="/you/taste" component={TastePage} />
          <Route path="/you/apps" component={AppsPage} />
          <Route path="/you/apps/:id">{({ id }) => <AppReportPage of="mine" appId={id} />}</Route>
          <Route path="/you/server-apps" component={ServerAppsPage} />
          <Route path="/you/server-apps/:id">{({ id }) => <AppReportPage of="server" appId={id} />}</Route>
          <Route path="/you/networks" component={NetworksPage} />
          <Route path="/you/messages" component={MessagesPage} />
          <Route path="/you/who-read" component={AuditPage} />
          <Route path="/you/signing-in" component={SecurityPage} />
          <Route path="/you/people" component={PeoplePage} />
          <Route path="/you/phone" component={PhonePage} />
          <Route path="/developers" component={DevelopersPage} />
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </Shell>
  );
}

export function App() {
  useEffect(loadPagesWhenIdle, []);
  return (
    <QueryClientProvider client={client}>
      <UndoProvider>
        <Switch>
          {/* Outside: an interrupted workout goes on without the server. */}
          <Route path="/workout/:id">
            {({ id }) => (
              <Suspense>
                <WorkoutPage classId={id} />
              </Suspense>
            )}
          </Route>
          <Route path="/connect/:uid">
            {({ uid }) => (
              <SignedIn>
                <Suspense>
                  <ConnectPage uid={uid} />
                </Suspense>
              </SignedIn>
            )}
          </Route>
          <Route path="/join">
            <Suspense>
              <JoinPage />
            </Suspense>
          </Route>
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
