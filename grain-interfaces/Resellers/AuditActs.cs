namespace Slotwright.Resellers;

/// <summary>Names of acts that are no form of the back office.</summary>
public static class AuditActs
{
    /// <summary>An acting session began.</summary>
    public const string Started = "Acting#Start";

    /// <summary>Somebody asked for a client that is not theirs.</summary>
    public const string ForeignClient = "Acting#ForeignClient";

    /// <summary>The operator closed the account.</summary>
    public const string Suspended = "Operator#Suspend";

    /// <summary>The operator opened it again.</summary>
    public const string Reopened = "Operator#Reopen";
}
