import { useId, type ReactNode } from "react";
import "./switch.css";

interface SwitchProps {
  readonly label: ReactNode;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children?: ReactNode;
}

/** Something that is on or off, with what it means beneath. */
export function Switch({ label, isOn, onChange, children }: SwitchProps) {
  const id = useId();
  return (
    <div className="switch">
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={isOn}
        aria-checked={isOn}
        aria-describedby={`${id}-meaning`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label className="switch-label" htmlFor={id}>
        {label}
      </label>
      <div id={`${id}-meaning`} className="switch-meaning muted small">
        {children}
      </div>
    </div>
  );
}
