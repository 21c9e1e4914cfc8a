using Microsoft.Extensions.Localization;

namespace Slotwright.Localisation;

/// <summary>Acts of the audit as people read them: by the form, else by its page, else by its part of the back office.</summary>
public static class ActWords
{
    /// <param name="words">Where the sentences are: <c>Act.Settings/Information#Name</c>.</param>
    /// <param name="act">As the audit names it.</param>
    public static string Of(IStringLocalizer<ActingWords> words, string act)
    {
        string[] names = [act, act.Split('#')[0], act.Split('/', '#')[0]];
        return names.Select(name => words[$"Act.{name}"]).FirstOrDefault(sentence => !sentence.ResourceNotFound)?.Value ?? words["Act.Other"].Value;
    }
}
