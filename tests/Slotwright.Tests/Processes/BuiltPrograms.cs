namespace Slotwright.Processes;

/// <summary>Tests that start built programs run one after the other: each wants the machine's cores for its load.</summary>
[CollectionDefinition(Name)]
public sealed class BuiltPrograms
{
    public const string Name = "processes";
}
