using NodaTime;

namespace Slotwright.Billing;

/// <summary>Stored by number.</summary>
[GenerateSerializer, Alias("slotwright.ledger-kind")]
public enum LedgerKind
{
    /// <summary>A period of a plan; its amounts are positive.</summary>
    Charge = 1,

    /// <summary>Given back on paper, such as what was charged and not delivered; its amounts are negative.</summary>
    Credit = 2,

    /// <summary>Money that came in; negative.</summary>
    Payment = 3,

    /// <summary>Money that went back; positive.</summary>
    Refund = 4,
}

/// <summary>One line of a statement: a charge or a credit.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.statement-line")]
public sealed record StatementLine
{
    [Id(0)] public required int AccountId { get; init; }

    /// <summary>As the account was called then.</summary>
    [Id(1)] public required string AccountName { get; init; }

    [Id(2)] public required string PlanName { get; init; }

    [Id(3)] public required LedgerKind Kind { get; init; }

    /// <summary>[from, to).</summary>
    [Id(4)] public required Instant PeriodFrom { get; init; }

    [Id(5)] public required Instant PeriodTo { get; init; }

    [Id(6)] public required Price Price { get; init; }

    [Id(7)] public required Instant At { get; init; }
}

/// <summary>A month of one payer, in figures. Totals are the sums of their lines.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.statement-heading")]
public sealed record StatementHeading
{
    /// <summary><c>2026-11</c>, on the clock of the billing zone.</summary>
    [Id(0)] public required string Month { get; init; }

    /// <summary>Unique; null while the month runs.</summary>
    [Id(1)] public required string? Number { get; init; }

    [Id(2)] public required Money Net { get; init; }

    [Id(3)] public required Money Vat { get; init; }

    [Id(4)] public required int Lines { get; init; }

    /// <summary>What of it is settled: paid, or credited in another month; less what of its own credits lessens another month.</summary>
    [Id(5)] public required Money Paid { get; init; }

    [Id(6)] public required Instant? IssuedAt { get; init; }

    /// <summary>The account that owes it, whoever pays for its lines' accounts by now.</summary>
    [Id(7)] public required int PayerId { get; init; }

    public Money Total => Net + Vat;

    /// <summary>To be paid still. Of all months together it is what their payer owes.</summary>
    public Money Rest => Total - Paid;

    public bool IsPaid => Number is not null && Rest.Amount <= 0;
}

/// <summary>A month of one payer.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.statement")]
public sealed record Statement
{
    [Id(0)] public required StatementHeading Heading { get; init; }

    /// <summary>Ascending by account name, then time.</summary>
    [Id(1)] public required IReadOnlyList<StatementLine> Lines { get; init; }

    /// <summary>Who pays: name of the payer's account.</summary>
    [Id(2)] public required string Payer { get; init; }

    /// <summary>IANA id: months and days are counted on this clock.</summary>
    [Id(3)] public required string TimeZone { get; init; }

    /// <summary>Percent; 0: none is charged.</summary>
    [Id(4)] public required decimal VatPercent { get; init; }
}

/// <summary>Stored by number.</summary>
public enum PaymentMethod
{
    Invoice = 1,
    Card = 2,
}
