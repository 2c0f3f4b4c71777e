using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Indicators.Api;
using EarlyWarning.Indicators.Tests.Infrastructure;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Indicators.Tests.Api;

/// <summary>Framework files that come with a request, while the suite runs.</summary>
public sealed class SentFilesTests(SuiteCluster cluster) : IClassFixture<SuiteCluster>
{
    private readonly FakeCall _call = new();

    private CatalogueApi Api =>
        new(cluster.Catalogue, cluster.Services.GetRequiredService<IGrainFactory>(), new(() => ("TESTSUIT", "secret")));

    [Fact]
    public async Task LoadFrameworkFile_CheckedThenLoadedThenLoadedAgain_ChangesOnce()
    {
        var file = FileSample.Framework.Replace("mine", "sent", StringComparison.Ordinal);

        var only = await LoadAsync(true, ("sent.yaml", file));
        Assert.Empty(only.Problems);
        Assert.Equal(("frameworks/sent", false), (only.Framework, only.FrameworkKnown));
        Assert.Equal(["sent.attacks", "sent.courts"], only.NewIndicators.Order());
        Assert.Equal(["thresholds/sent-high"], only.UncheckedThresholds);
        Assert.False(cluster.Catalogue.State.Frameworks.ContainsKey("sent"));

        var loaded = await LoadAsync(false, ("sent.yaml", file));
        Assert.Empty(loaded.Problems);
        Assert.Equal(["thresholds/sent-high"], loaded.NewThresholds);
        Assert.True(cluster.Catalogue.State.Frameworks.ContainsKey("sent"));
        Assert.True(cluster.Catalogue.State.Thresholds.ContainsKey("sent-high"));

        var again = await LoadAsync(false, ("sent.yaml", file));
        Assert.True(again.FrameworkKnown);
        Assert.Empty(again.NewIndicators.Concat(again.NewThresholds));
        Assert.Single(cluster.Catalogue.State.Frameworks["sent"]);
    }

    [Fact]
    public async Task LoadFrameworkFile_WithAThresholdThatWasRetired_LeavesItRetiredAndSaysSo()
    {
        var file = FileSample.Framework.Replace("mine", "kept", StringComparison.Ordinal);
        await LoadAsync(false, ("kept.yaml", file));
        await cluster.Grain.RetireThresholdAsync("thresholds/kept-high", "", false);

        var again = await LoadAsync(false, ("kept.yaml", file));

        Assert.Empty(again.Problems.Select(problem => problem.Message).Concat(again.NewThresholds));
        Assert.Equal(["thresholds/kept-high"], again.RetiredThresholds);
        Assert.DoesNotContain("kept-high", cluster.Catalogue.Current.Thresholds.Keys);
    }

    [Fact]
    public async Task LoadFrameworkFile_OfARetiredFramework_IsRefusedWithItsLine()
    {
        var file = FileSample.Framework.Replace("mine", "gone", StringComparison.Ordinal);
        await LoadAsync(false, ("gone.yaml", file));
        await cluster.Grain.RetireFrameworkAsync("frameworks/gone", "", false);

        var again = await LoadAsync(false, ("gone.yaml", file));

        var problem = Assert.Single(again.Problems);
        Assert.Contains("'frameworks/gone' was retired", problem.Message, StringComparison.Ordinal);
        Assert.True(problem.Line > 0);
        Assert.DoesNotContain("gone", cluster.Catalogue.Current.Frameworks.Keys);
    }

    [Fact]
    public async Task LoadFrameworkFile_WithFaults_AnswersEachWithItsLineAndLoadsNothing()
    {
        var file = FileSample
            .Framework.Replace("mine", "wrong", StringComparison.Ordinal)
            .Replace("direction: increasing", "direction: sideways", StringComparison.Ordinal);

        var answer = await LoadAsync(false, ("wrong.yaml", file));

        var problem = Assert.Single(answer.Problems);
        Assert.Equal("wrong.yaml", problem.File);
        Assert.True(problem.Line > 1 && problem.Message.Length > 0);
        Assert.False(cluster.Catalogue.State.Frameworks.ContainsKey("wrong"));
    }

    [Fact]
    public async Task LoadFrameworkFile_IncludesAFileThatDidNotCome_SaysWhich()
    {
        const string File = """
            framework:
              id: parts
              name: Parts
              bands: [{level: low, from: 0}]
              tree: {code: index, name: Index, children: [{include: part.yaml}]}
            """;

        var answer = await LoadAsync(true, ("parts.yaml", File));

        Assert.Contains(answer.Problems, problem => problem.Message.Contains("There is no file 'part.yaml'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LoadFrameworkFile_BadRequests_AreRefused()
    {
        await RefusedAsync();
        await RefusedAsync(("", "x: 1"));
        await RefusedAsync(("..", "x: 1"), ("a.yaml", ""));
        await RefusedAsync(("a.yaml", "x: 1"), ("./a.yaml", "x: 1"));
    }

    private async Task RefusedAsync(params (string Name, string Text)[] files) =>
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => LoadAsync(true, files))).StatusCode);

    private Task<V1.LoadFrameworkFileResponse> LoadAsync(bool validateOnly, params (string Name, string Text)[] files) =>
        Api.LoadFrameworkFile(
            new()
            {
                Files = { files.Select(file => new V1.SourceFile { Name = file.Name, Text = file.Text }) },
                ValidateOnly = validateOnly,
            },
            _call
        );
}
