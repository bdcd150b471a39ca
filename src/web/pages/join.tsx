/** Behind a one-time link: somebody becomes a member. The secret stands after "#", so it never reaches a log. */
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { messageOf } from "../api/client.ts";
import { useJoin } from "../api/people.ts";
import { Button } from "../ui/controls.tsx";
import { CrankMark } from "../ui/crank/crank.tsx";
import { routes } from "../ui/routes.ts";
import { TextField } from "../ui/text-field.tsx";
import "./you/you.css";

export function JoinPage() {
  const [token] = useState(() => location.hash.slice(1));
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [, navigate] = useLocation();
  const join = useJoin();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    join.mutate({ token, name, password }, { onSuccess: () => navigate(routes.today, { replace: true }) });
  };
  return (
    <main className="sign-in">
      <CrankMark size={56} />
      <h1>You are invited</h1>
      <p className="muted">
        You share this household’s music. Your workouts, your taste and your figures are yours alone, sealed
        with a key of your own.
      </p>
      <form onSubmit={onSubmit}>
        <TextField
          label="Name"
          hint="You sign in with it."
          autoComplete="username"
          value={name}
          onChange={setName}
        />
        <TextField
          label="Password"
          hint="At least 8 characters. A sentence is good."
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
        />
        {join.error !== null && <p role="alert">{messageOf(join.error)}</p>}
        <Button submit weight="primary" busy={join.isPending}>
          Join
        </Button>
      </form>
    </main>
  );
}
