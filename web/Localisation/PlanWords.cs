using Microsoft.Extensions.Localization;

namespace Slotwright.Localisation;

/// <summary>What plans are called on pages: by their own names, which nobody translates, but the free one by a word of the reader's language.</summary>
public sealed class PlanWords(IStringLocalizer<Text> text)
{
    private const string Free = "free";

    /// <summary>What an installation calls a plan that it gave no other name, where its code is all that is known: "L", "Free".</summary>
    public static string Named(string code) => code == Free ? "Free" : code.ToUpperInvariant();

    /// <param name="code">Of the plan.</param>
    /// <param name="name">As the installation names it. A free plan that it renamed keeps that name.</param>
    public string Of(string code, string name) => code == Free && name == Named(Free) ? text["Plan.Free"] : name;
}
