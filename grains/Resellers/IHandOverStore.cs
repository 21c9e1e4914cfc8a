using NodaTime;
using Slotwright.Accounts;
using Slotwright.Team;

namespace Slotwright.Resellers;

/// <summary>Changes the administrator of a client account, in one transaction with the letters that tell it.</summary>
public interface IHandOverStore
{
    /// <summary>Judges the acting session anew; null: it is done. A repeat is refused as unchanged.</summary>
    Task<HandOverRefusal?> HandOver(NewAdministrator command);
}

public sealed record NewAdministrator
{
    public required ActingProof Proof { get; init; }

    /// <summary>Made only when nobody has the e-mail.</summary>
    public required NewPerson Person { get; init; }

    /// <summary>For whoever has no password yet; made for <see cref="Person"/> and changed to whom it goes.</summary>
    public required Invitation Invitation { get; init; }

    /// <summary>For whoever has one.</summary>
    public required PersonLetter Notice { get; init; }

    /// <summary>For the administrator until now; its person and recipient are filled in.</summary>
    public required PersonLetter Farewell { get; init; }

    public required Instant Now { get; init; }
}
