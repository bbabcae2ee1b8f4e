// Makes a passkey, or asks one to sign, when its button is pressed; the answer goes along in the form.
(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  const make = async (asked) => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: known(asked.excludeCredentials),
      },
    });
    return answer(made, {
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    });
  };

  const sign = async (asked) => {
    const signed = await navigator.credentials.get({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        allowCredentials: known(asked.allowCredentials),
      },
    });
    return answer(signed, {
      authenticatorData: text(signed.response.authenticatorData),
      signature: text(signed.response.signature),
      userHandle: signed.response.userHandle ? text(signed.response.userHandle) : null,
    });
  };

  const answer = (credential, response) => ({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  });

  for (const button of document.querySelectorAll("[data-passkey]")) {
    const told = document.getElementById(button.getAttribute("aria-describedby"));
    if (!window.PublicKeyCredential) {
      told.textContent = "This browser knows no passkeys. Use a code instead.";
      button.disabled = true;
      continue;
    }
    button.addEventListener("click", async () => {
      told.textContent = "";
      const ask = button.dataset.passkey === "make" ? make : sign;
      try {
        const found = await ask(JSON.parse(button.dataset.options));
        button.form.elements.passkey.value = JSON.stringify(found);
        button.form.submit();
      } catch {
        told.textContent = "No passkey was given. Try again, or use a code instead.";
      }
    });
  }
})();
