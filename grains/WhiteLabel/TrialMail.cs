namespace Slotwright.WhiteLabel;

/// <summary>The mail that tries a mail server. It names nobody: whoever set the server up reads it.</summary>
internal static class TrialMail
{
    public static (string Subject, string Text) In(string language) => language switch
    {
        "fr" => ("Essai du serveur d'envoi", "Ce message montre que le serveur d'envoi que vous avez réglé accepte vos e-mails.\n"),
        "nl" => ("Proef van de mailserver", "Dit bericht laat zien dat de mailserver die je hebt ingesteld je e-mails aanneemt.\n"),
        _ => ("Trial of the mail server", "This message shows that the mail server you have set up takes your mails.\n"),
    };
}
