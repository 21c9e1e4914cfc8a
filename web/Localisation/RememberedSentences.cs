using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Slotwright.Localisation;

/// <summary>
/// Sentences as they were once found. The resources behind them take a lock for each, of which a page has a hundred. Names come from our own pages
/// and from zones alone, so what is remembered stays small.
/// </summary>
internal sealed class RememberedSentences(IOptions<LocalizationOptions> options) : IStringLocalizerFactory
{
    private readonly ResourceManagerStringLocalizerFactory resources = new(options, NullLoggerFactory.Instance);
    private readonly ConcurrentDictionary<string, IStringLocalizer> baskets = new();

    public IStringLocalizer Create(Type resourceSource) => baskets.GetOrAdd(resourceSource.FullName!, _ => new Basket(resources.Create(resourceSource)));

    public IStringLocalizer Create(string baseName, string location) => baskets.GetOrAdd($"{location} {baseName}", _ => new Basket(resources.Create(baseName, location)));

    private sealed class Basket(IStringLocalizer found) : IStringLocalizer
    {
        private readonly ConcurrentDictionary<(string Culture, string Name), LocalizedString> known = new();

        public LocalizedString this[string name] =>
            known.TryGetValue((CultureInfo.CurrentUICulture.Name, name), out var sentence) ? sentence : known[(CultureInfo.CurrentUICulture.Name, name)] = found[name];

        public LocalizedString this[string name, params object[] arguments] =>
            this[name] is var sentence && sentence.ResourceNotFound ? sentence : new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, sentence.Value, arguments));

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => found.GetAllStrings(includeParentCultures);
    }
}
