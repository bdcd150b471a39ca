import { useState, type FormEvent } from "react";
import { useSignIn } from "../api/changes.ts";
import { messageOf } from "../api/client.ts";
import { Button, Field } from "../ui/controls.tsx";
import { CrankMark } from "../ui/crank/crank.tsx";
import "./you/you.css";

export function SignInPage() {
  const [password, setPassword] = useState("");
  const signIn = useSignIn();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(password);
  };
  return (
    <main className="sign-in">
      <CrankMark size={56} />
      <h1>Upbeat</h1>
      <form onSubmit={onSubmit}>
        <Field label="Password" hint="The one set on the server with “upbeat password”.">
          {(id, hintId) => (
            <input
              id={id}
              aria-describedby={hintId}
              className="input"
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        {signIn.error !== null && <p role="alert">{messageOf(signIn.error)}</p>}
        <Button submit weight="primary" busy={signIn.isPending}>
          Sign in
        </Button>
      </form>
    </main>
  );
}
