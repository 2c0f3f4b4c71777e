using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Files;
using EarlyWarning.Catalogue.States;
using EarlyWarning.Indicators.Catalogue;
using Google.Protobuf;

namespace EarlyWarning.Fuzzing.Tests.Targets;

/// <summary>The catalogue that requests are decided against: what the suite ships, loaded.</summary>
internal static class SuiteCatalogue
{
    private static readonly Lazy<CatalogueState> s_shipped = new(Load);

    public static Countries Countries { get; } = Countries.For(exercise: false);

    public static CatalogueState Shipped => s_shipped.Value;

    private static CatalogueState Load()
    {
        var state = CatalogueState.Empty;
        foreach (var file in FileFolder.Packaged.List().Select(name => FrameworkFileReader.Read(FileFolder.Packaged, name)))
        {
            Apply(CatalogueDecisions.CreateFramework(state, file.Framework!, file.Indicators, Countries).Change);
            foreach (var threshold in file.Thresholds)
            {
                Apply(CatalogueDecisions.CreateThreshold(state, threshold, Countries).Change);
            }
        }

        return state;

        void Apply(IMessage? change) =>
            state = change is null ? state : state.Apply(new(state.Revision + 1, DateTimeOffset.UnixEpoch, change));
    }
}
