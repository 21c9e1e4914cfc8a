using System.Diagnostics.CodeAnalysis;

namespace Slotwright;

/// <summary>
/// The answer to a command whose refusal is part of the rules: either a value or one numbered refusal, never both and never
/// neither. A default outcome is a bug, and <see cref="Refusal"/> is null in it: edges assert that one of the two is there.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.outcome`2")]
public readonly record struct Outcome<TValue, TRefusal>
    where TValue : class
    where TRefusal : struct, Enum
{
    [Id(0)] public TValue? Value { get; private init; }

    [Id(1)] public TRefusal? Refusal { get; private init; }

    [MemberNotNullWhen(true, nameof(Value)), MemberNotNullWhen(false, nameof(Refusal))]
    public bool Accepted => Value is not null;

    public static implicit operator Outcome<TValue, TRefusal>(TValue value) => new() { Value = value };

    public static implicit operator Outcome<TValue, TRefusal>(TRefusal refusal) => new() { Refusal = refusal };
}
