import { useState, type FormEvent } from "react";
import { passkeyTrouble } from "#web/device/passkeys.ts";
import { messageOf } from "../api/client.ts";
import { useSignIn } from "../api/passkeys.ts";
import { Button } from "../ui/controls.tsx";
import { CrankMark } from "../ui/crank/crank.tsx";
import { TextField } from "../ui/text-field.tsx";
import "./you/you.css";

export function SignInPage() {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useSignIn();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ password, ...(name.trim() !== "" && { name }) });
  };
  return (
    <main className="sign-in">
      <CrankMark size={56} />
      <h1>Upbeat</h1>
      <form onSubmit={onSubmit}>
        <TextField
          label="Name"
          hint="Leave it empty if this is your own server."
          autoComplete="username"
          required={false}
          value={name}
          onChange={setName}
        />
        <TextField label="Password" autoComplete="current-password" value={password} onChange={setPassword} />
        {signIn.error !== null && <p role="alert">{messageOf(signIn.error)}</p>}
        <Button submit weight="primary" busy={signIn.isPending}>
          Sign in
        </Button>
        {passkeyTrouble() === null && (
          <Button busy={signIn.isPending} onPress={() => signIn.mutate(null)}>
            Sign in with a passkey
          </Button>
        )}
      </form>
    </main>
  );
}
