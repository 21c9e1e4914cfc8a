using Slotwright.Pages;

namespace Slotwright.Setup;

/// <summary>Owners of the demo world in their back office, as browsers without scripts.</summary>
internal static class Owner
{
    public static async Task<Visitor> Of(Product product, string account, string language = "en")
    {
        var visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, product.Address, language);
        await visitor.SignIn($"owner@{account}.example", $"demo-{account}");
        return visitor;
    }

    /// <summary>Fields of a form as they stand, chosen options and ticked boxes among them, with what is typed instead.</summary>
    public static List<KeyValuePair<string, string>> Fields(this Visitor visitor, string form, params (string Name, string Value)[] typed)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var field in visitor.Page.QuerySelector(form)!.QuerySelectorAll("[name]"))
        {
            var (name, type) = (field.GetAttribute("name")!, field.GetAttribute("type"));
            if (field.LocalName == "button" || (type is "radio" or "checkbox" && !field.HasAttribute("checked")))
            {
                continue;
            }

            var value = field is AngleSharp.Html.Dom.IHtmlTextAreaElement area ? area.Value
                : field.LocalName == "select" ? field.QuerySelector("option[selected]")?.GetAttribute("value") ?? field.QuerySelector("option")?.GetAttribute("value") ?? ""
                : field.GetAttribute("value") ?? "";
            fields.Add(KeyValuePair.Create(name, value));
        }

        foreach (var name in typed.Select(one => one.Name).Distinct())
        {
            fields.RemoveAll(field => field.Key == name);
        }

        return [.. fields, .. typed.Select(one => KeyValuePair.Create(one.Name, one.Value))];
    }

    /// <summary>Sends a form as it stands but for what is typed.</summary>
    public static Task<Visitor> Send(this Visitor visitor, string form, params (string Name, string Value)[] typed) =>
        visitor.Post(visitor.Page.QuerySelector(form)!.GetAttribute("action")!, visitor.Fields(form, typed));
}
