/** The class as a file for other programs, with what the format cannot say. */
import { useState } from "react";
import type { ClassFile } from "#protocol/api/own-classes.ts";
import { api, messageOf } from "../../api/client.ts";
import { apiPaths } from "#client/paths.ts";
import { Button } from "../../ui/controls.tsx";

function download({ fileName, text }: ClassFile): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

export function TakeAway({ classId }: { classId: string }) {
  const [taken, setTaken] = useState<ClassFile | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const take = async (format: "zwo" | "json") => {
    try {
      const file = await api.get<ClassFile>(apiPaths.classFile(classId, format));
      download(file);
      setTaken(file);
      setFailed(null);
    } catch (error) {
      setFailed(messageOf(error));
    }
  };
  return (
    <div className="take-away">
      <Button onPress={() => void take("zwo")}>Download ZWO</Button>
      <Button onPress={() => void take("json")}>Download JSON</Button>
      <div role="status" className="small muted">
        {failed}
        {taken !== null && taken.losses.length === 0 && `${taken.fileName} holds all of the class.`}
        {taken !== null && taken.losses.length > 0 && (
          <>
            <p>{taken.fileName} does not hold all of it:</p>
            <ul className="losses" aria-label="Not kept">
              {taken.losses.map((loss) => (
                <li key={loss}>{loss}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}
