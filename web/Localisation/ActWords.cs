using Microsoft.Extensions.Localization;
using Slotwright.Resellers;

namespace Slotwright.Localisation;

/// <summary>Acts of the audit as people read them: by the form, else by its page, else by its part of the back office.</summary>
public static class ActWords
{
    /// <param name="words">Where the sentences are: <c>Act.Settings/Information#Name</c>.</param>
    /// <param name="entry">What has no sentence of its own, and was refused, is said to be nothing that is allowed.</param>
    public static string Of(IStringLocalizer<ActingWords> words, AuditEntry entry)
    {
        var act = entry.Act;
        string[] names = [act, act.Split('#')[0], act.Split('/', '#')[0]];
        return names.Select(name => words[$"Act.{name}"]).FirstOrDefault(sentence => !sentence.ResourceNotFound)?.Value
            ?? words[entry.Outcome == ActOutcome.Begun ? "Act.Other" : "Act.NotAllowed"].Value;
    }
}
