namespace Slotwright.WhiteLabel;

/// <summary>Asks the DNS. Answers are never kept.</summary>
public interface INameServers
{
    /// <summary>The texts of all TXT records of a name; empty: there are none; null: no name server answered.</summary>
    Task<IReadOnlyList<string>?> Texts(string name);

    /// <summary>Whether visitors who type the one name get to the other: an alias of it, or to the same addresses. Null: not known.</summary>
    Task<bool?> LeadsTo(string name, string target);
}

/// <summary>Sends one mail by a server, for whoever sets it up.</summary>
public interface IMailServerProbe
{
    /// <summary>All addresses of the host are the public net's, or those of this kind are allowed here.</summary>
    Task<bool> IsPublic(string host);

    /// <summary>Plain text to this machine is allowed here, and any port: while developing and in tests.</summary>
    bool AllowsPrivate { get; }

    Task<MailTry> Try(MailServerRow server, string recipient, string subject, string text);
}
