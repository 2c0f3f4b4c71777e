using EarlyWarning.Catalogue.Files;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Indicators.Loading;
using EarlyWarning.Indicators.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Yaml;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Indicators.Tests.Loading;

public sealed class FrameworkLoaderTests(SuiteCluster cluster) : IClassFixture<SuiteCluster>
{
    [Fact]
    public void Start_UsersFile_IsInTheCatalogueAndAWrongOneIsTold()
    {
        var loader = cluster.Services.GetRequiredService<FrameworkLoader>();

        Assert.True(loader.Done);
        Assert.Contains("mine", cluster.Catalogue.Current.Frameworks.Keys);
        Assert.Contains("mine-high", cluster.Catalogue.Current.Thresholds.Keys);
        Assert.All(loader.Faults, fault => Assert.EndsWith("wrong.yaml", fault.Place.File, StringComparison.Ordinal));
        Assert.Contains(loader.Faults, fault => fault.Place.Line == 3 && fault.Place.Path == "framework.colour");
    }

    [Fact]
    public async Task Status_WrongFile_AsksForAttention()
    {
        var catalogue = cluster.Services.GetServices<IStatusSource>().OfType<CatalogueStatus>().Single();
        var line = Assert.Single((await catalogue.ReadAsync(CancellationToken.None)).Lines);

        Assert.Equal(V1.Health.Attention, line.Health);
        Assert.Contains("wrong.yaml", line.Text, StringComparison.Ordinal);
        Assert.NotEmpty(line.Action);
    }

    [Fact]
    public async Task Run_LoadedBefore_ChangesNothing()
    {
        var before = cluster.Catalogue.Current.Revision;

        var faults = await LoadAsync(FileSample.Framework);

        Assert.Empty(faults);
        Assert.Equal(before, cluster.Catalogue.Current.Revision);
    }

    [Fact]
    public async Task Run_EditedOverTheApiSince_KeepsTheEdits()
    {
        var text = Renamed("edited");
        await LoadAsync(text);
        var framework = cluster.Catalogue.State.ActiveOf("edited")!.Definition.Clone();
        (framework.Name, framework.DisplayName) = ("frameworks/edited", "Edited");
        await cluster.Grain.CreateFrameworkAsync(framework, [], false);
        await cluster.Grain.RetireThresholdAsync("thresholds/edited-high", "", false);

        await LoadAsync(text);

        Assert.Equal(
            (2, "Edited"),
            (cluster.Catalogue.State.ActiveOf("edited")!.Number, cluster.Catalogue.State.ActiveOf("edited")!.Definition.DisplayName)
        );
        Assert.DoesNotContain("edited-high", cluster.Catalogue.Current.Thresholds.Keys);
    }

    [Fact]
    public async Task Start_WithAFileOfARetiredFramework_PassesItOverAndSaysSo()
    {
        await LoadAsync(Renamed("over"));
        await cluster.Grain.RetireFrameworkAsync("frameworks/over", "", false);
        var data = Directory.CreateTempSubdirectory("ew-over-");
        var file = Path.Combine(data.CreateSubdirectory("frameworks").FullName, "over.yaml");
        await File.WriteAllTextAsync(file, Renamed("over").Replace("My framework", "A better one", StringComparison.Ordinal));
        using var loader = new FrameworkLoader(
            cluster.Catalogue,
            cluster.Services.GetRequiredService<IGrainFactory>(),
            new Suite(Exercise: true, data.FullName),
            TimeProvider.System,
            NullLogger<FrameworkLoader>.Instance
        );

        await loader.StartAsync(CancellationToken.None);
        await loader.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Empty(loader.Faults);
        Assert.EndsWith("over.yaml", Assert.Single(loader.PassedOver), StringComparison.Ordinal);
        Assert.DoesNotContain("over", cluster.Catalogue.Current.Frameworks.Keys);
        var line = Assert.Single((await new CatalogueStatus(cluster.Catalogue, loader).ReadAsync(CancellationToken.None)).Lines);
        Assert.Contains("Files passed over, because their framework was retired: ", line.Text, StringComparison.Ordinal);
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_BetterWordsForAnIndicator_AreNoFaultAndAnotherUnitIs()
    {
        await LoadAsync(Renamed("words"));

        var words = await LoadAsync(
            Renamed("words")
                .Replace("Two independent reports.", "Two reports.", StringComparison.Ordinal)
                .Replace("For tests.", "For more tests.", StringComparison.Ordinal)
        );
        var unit = await LoadAsync(
            Renamed("words")
                .Replace("unit: attacks per month", "unit: attacks per year", StringComparison.Ordinal)
                .Replace("For tests.", "For other tests.", StringComparison.Ordinal)
        );

        Assert.Empty(words);
        var fault = Assert.Single(unit);
        Assert.Equal(("main.yaml", 13, "framework.tree.children[0].indicator"), (fault.Place.File, fault.Place.Line, fault.Place.Path));
    }

    [Fact]
    public async Task Run_FaultThatTheCatalogueFinds_NamesTheLine()
    {
        var tree = await LoadAsync(
            Renamed("late").Replace("low: 0\n        high: 20", "low: 30\n        high: 20", StringComparison.Ordinal)
        );
        var threshold = await LoadAsync(Renamed("later").Replace("clear: 45", "clear: 55", StringComparison.Ordinal));

        Assert.Equal((21, "framework.tree.children[0].high"), (Assert.Single(tree).Place.Line, tree[0].Place.Path));
        Assert.Equal((41, "thresholds[0].clear"), (Assert.Single(threshold).Place.Line, threshold[0].Place.Path));
    }

    private Task<IReadOnlyList<FileFault>> LoadAsync(string text) =>
        new FileLoading(FrameworkFileReader.Read(FileSample.Folder(text), "main.yaml"), cluster.Catalogue, cluster.Grain).RunAsync(
            CancellationToken.None
        );

    private static string Renamed(string id) =>
        FileSample
            .Framework.ReplaceLineEndings("\n")
            .Replace("id: mine", $"id: {id}", StringComparison.Ordinal)
            .Replace("mine.", $"{id}.", StringComparison.Ordinal);
}
