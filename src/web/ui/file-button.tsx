import { Icon, type IconName } from "./icon.tsx";

interface FileButtonProps {
  readonly label: string;
  /** As of `<input accept>`. */
  readonly accept: string;
  readonly icon?: IconName;
  readonly onFile: (file: File) => void;
}

/** Chooses one file; the same may be chosen again. With an icon it is one of several things to do, without the first. */
export function FileButton({ label, accept, icon, onFile }: FileButtonProps) {
  return (
    <label className={icon === undefined ? "button" : "button plain"}>
      {icon !== undefined && <Icon name={icon} />}
      {label}
      <input
        className="visually-hidden"
        type="file"
        accept={accept}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) onFile(file);
          currentTarget.value = "";
        }}
      />
    </label>
  );
}
