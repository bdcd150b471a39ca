import type { Session } from "#domain/programme/programme.ts";
import { programmes } from "#domain/programme/programmes.ts";
import { ProgrammeDetail, ProgrammeList } from "#protocol/api/programmes.ts";
import type { BiometricsReader } from "#server/ports/biometrics.ts";
import type { ClassBook } from "#server/use-cases/class-book.ts";
import { followProgrammes, type FollowedProgramme } from "#server/use-cases/programme-progress.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { IdParams, type Api } from "../api.ts";
import { biometricsFor } from "../biometrics-for.ts";

function toDetail({ programme, progress, classes }: FollowedProgramme): ProgrammeDetail {
  const toSession = (session: Session) => {
    const plan = classes.get(session.classId);
    const { title = session.classId, durationS = 0, intensity = "moderate" } = plan ?? {};
    return { ...session, title, durationS, intensity };
  };
  const { weeks, ...head } = programme;
  const sessions = progress.sessions.map(toSession);
  return {
    ...head,
    weeks: weeks.length,
    sessionCount: sessions.length,
    doneCount: progress.done,
    next: progress.next === null ? null : (sessions[progress.next] ?? null),
    sessions,
  };
}

export function programmeRoutes(app: Api, classes: ClassBook, reader: BiometricsReader): void {
  app.get(
    "/v1/programmes",
    {
      schema: {
        tags: ["programmes"],
        summary: "Programmes, with how far you are in each",
        response: { 200: ProgrammeList },
      },
    },
    async (request) => {
      const own = await biometricsFor(request, reader);
      const followed = await followProgrammes(programmes(), own, classes);
      return { items: followed.map(toDetail), nextCursor: null };
    },
  );
  app.get(
    "/v1/programmes/:id",
    {
      schema: {
        tags: ["programmes"],
        summary: "One programme with its sessions, and which of them you have done",
        params: IdParams,
        response: { 200: ProgrammeDetail },
      },
    },
    async (request) => {
      const programme = programmes().find(({ id }) => id === request.params.id);
      if (programme === undefined) throw new Refusal("not-found", "There is no such programme.");
      const own = await biometricsFor(request, reader);
      const [followed] = await followProgrammes([programme], own, classes);
      if (followed === undefined) throw new Refusal("not-found", "There is no such programme.");
      return toDetail(followed);
    },
  );
}
