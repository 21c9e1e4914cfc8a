namespace Slotwright.Storage.Documents;

/// <summary>Grain documents: small, read and written whole, checked by version.</summary>
public static class DocumentStorage
{
    /// <summary>Name of the grain storage, and Orleans' own name for the one that grains use unless they say otherwise.</summary>
    public const string Name = "Default";
}
