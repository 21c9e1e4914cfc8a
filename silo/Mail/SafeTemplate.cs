using System.Text;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Slotwright.Mail;

/// <summary>A template that will not be run: it does not parse, asks for what it may not have, or takes more than it may.</summary>
public sealed class TemplateRefusedException : Exception
{
    public TemplateRefusedException()
    {
    }

    public TemplateRefusedException(string message)
        : base(message)
    {
    }

    public TemplateRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>
/// A parsed template that can be rendered any number of times, each time with nothing but the values given: texts, numbers and
/// truths. Templates may come from strangers, so length, depth, loops, output and time are limited, and of Scriban's functions only
/// four on texts are there.
/// </summary>
public sealed class SafeTemplate
{
    /// <summary>Characters of a template.</summary>
    public const int SourceLimit = 32 * 1024;

    /// <summary>Characters of what comes out.</summary>
    public const int OutputLimit = 256 * 1024;

    private const int NestingLimit = 40;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);
    private static readonly ScriptObject Functions = FourFunctions();

    private readonly Template template;

    private SafeTemplate(Template template) => this.template = template;

    /// <summary>Throws <see cref="TemplateRefusedException"/>.</summary>
    public static SafeTemplate Parse(string source)
    {
        if (source.Length > SourceLimit)
        {
            throw new TemplateRefusedException("The template is too long");
        }

        RefuseDeepNesting(source);
        Template parsed;
        try
        {
            parsed = Template.Parse(source, parserOptions: new ParserOptions { ExpressionDepthLimit = NestingLimit });
        }
        catch (Exception error) when (error is InvalidOperationException or ScriptRuntimeException or ArgumentException)
        {
            throw new TemplateRefusedException("The template cannot be read", error);
        }

        return parsed.HasErrors
            ? throw new TemplateRefusedException(string.Join(" ", parsed.Messages.Select(message => message.ToString())))
            : new SafeTemplate(parsed);
    }

    /// <summary>Every value written is escaped for HTML. Throws <see cref="TemplateRefusedException"/>.</summary>
    public string RenderHtml(IReadOnlyDictionary<string, object?> values) => Render(values, escape: true);

    /// <summary>Values are written as they are. Throws <see cref="TemplateRefusedException"/>.</summary>
    public string RenderText(IReadOnlyDictionary<string, object?> values) => Render(values, escape: false);

    private string Render(IReadOnlyDictionary<string, object?> values, bool escape)
    {
        using var patience = new CancellationTokenSource(TimeLimit);
        // A context of its own for every rendering: what one leaves behind in a context, the next could read.
        var context = new Context(escape)
        {
            StrictVariables = true,
            LoopLimit = 500,
            LoopLimitQueryable = 500,
            RecursiveLimit = 20,
            ObjectRecursionLimit = 10,
            LimitToString = 64 * 1024,
            OutputLimit = OutputLimit,
            OnStringLimit = ScriptLimitBehavior.Throw,
            OnOutputLimit = ScriptLimitBehavior.Throw,
            RegexTimeOut = TimeSpan.FromMilliseconds(100),
            EnableRelaxedMemberAccess = false,
            EnableRelaxedTargetAccess = false,
            EnableRelaxedIndexerAccess = false,
            EnableRelaxedFunctionAccess = false,
            TemplateLoader = null,
            CancellationToken = patience.Token,
        };
        context.PushGlobal(Values(values));
        try
        {
            return template.Render(context);
        }
        catch (Exception error) when (error is ScriptRuntimeException or InvalidOperationException or OperationCanceledException
            or ArgumentException or OverflowException or OutOfMemoryException or InvalidCastException or NullReferenceException or FormatException)
        {
            throw new TemplateRefusedException(error.Message, error);
        }
    }

    private static ScriptObject Values(IReadOnlyDictionary<string, object?> values)
    {
        var global = new ScriptObject();
        foreach (var (name, value) in values)
        {
            // Objects of ours would show their members, private setters and all.
            if (value is not (string or int or long or bool or decimal))
            {
                throw new ArgumentException($"'{name}' is neither text nor number nor truth", nameof(values));
            }

            global.SetValue(name, value, readOnly: true);
        }

        return global;
    }

    // Belt below Scriban's own limit: such a bomb once killed the process in the parser.
    private static void RefuseDeepNesting(string source)
    {
        var (depth, run, last) = (0, 0, '\0');
        foreach (var character in source)
        {
            depth += character switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            depth = Math.Max(depth, 0);
            run = character == last && character is '!' or '-' or '+' or '~' or '^' or '@' ? run + 1 : 0;
            last = character;
            if (depth > NestingLimit || run > 200)
            {
                throw new TemplateRefusedException("The template is nested too deeply");
            }
        }
    }

    private static ScriptObject FourFunctions()
    {
        var text = new ScriptObject();
        var all = (ScriptObject)new Scriban.Functions.BuiltinFunctions()["string"]!;
        foreach (var name in new[] { "upcase", "downcase", "capitalize", "strip" })
        {
            text.SetValue(name, all[name]!, readOnly: true);
        }

        text.IsReadOnly = true;
        var functions = new ScriptObject();
        functions.SetValue("string", text, readOnly: true);
        functions.IsReadOnly = true;
        return functions;
    }

    private sealed class Context(bool escape) : TemplateContext(Functions)
    {
        public override TemplateContext Write(SourceSpan span, object? textAsObject)
        {
            var text = ObjectToString(textAsObject) ?? "";
            return Write(escape ? Escape(text) : text);
        }

        private static string Escape(string text)
        {
            var escaped = new StringBuilder(text.Length + 16);
            foreach (var character in text)
            {
                _ = character switch
                {
                    '<' => escaped.Append("&lt;"),
                    '>' => escaped.Append("&gt;"),
                    '&' => escaped.Append("&amp;"),
                    '"' => escaped.Append("&quot;"),
                    '\'' => escaped.Append("&#39;"),
                    '`' => escaped.Append("&#96;"),
                    _ => escaped.Append(character),
                };
            }

            return escaped.ToString();
        }
    }
}
