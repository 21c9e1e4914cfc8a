namespace Slotwright.Resellers;

/// <summary>Names of acts that are no form of the back office.</summary>
public static class AuditActs
{
    /// <summary>An acting session began.</summary>
    public const string Started = "Acting#Start";

    /// <summary>Somebody asked for a client that is not theirs.</summary>
    public const string ForeignClient = "Acting#ForeignClient";

    /// <summary>What acts with a relation begin with; their path is the name of the other account, where there is one to name.</summary>
    public const string Relation = "Relation#";

    /// <summary>A reseller attached the account.</summary>
    public const string Attached = "Relation#Attach";

    /// <summary>Its reseller let it go, alone or with all the others.</summary>
    public const string Detached = "Relation#Detach";

    /// <summary>It came over from another reseller, with all that one's clients.</summary>
    public const string Moved = "Relation#Move";

    /// <summary>In the reseller's own audit: it deleted a client, whose name is the path.</summary>
    public const string Deleted = "Relation#Delete";

    /// <summary>The account is no reseller any more.</summary>
    public const string Reverted = "Relation#Revert";

    /// <summary>It took over all clients of another reseller, whose name is the path.</summary>
    public const string Merged = "Relation#Merge";

    /// <summary>It lost all its clients to another reseller, whose name is the path, and is none any more.</summary>
    public const string MergedAway = "Relation#MergedAway";

    /// <summary>The operator closed the account.</summary>
    public const string Suspended = "Operator#Suspend";

    /// <summary>The operator opened it again.</summary>
    public const string Reopened = "Operator#Reopen";
}
