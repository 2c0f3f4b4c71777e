using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Indicators.Api;
using EarlyWarning.Indicators.Tests.Infrastructure;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Indicators.Tests.Api;

public sealed class CatalogueApiTests(SuiteCluster cluster) : IClassFixture<SuiteCluster>
{
    private readonly FakeCall _call = new();

    private CatalogueApi Api =>
        new(cluster.Catalogue, cluster.Services.GetRequiredService<IGrainFactory>(), new(() => ("TESTSUIT", "secret")));

    private ThresholdApi Thresholds =>
        new(cluster.Catalogue, cluster.Services.GetRequiredService<IGrainFactory>(), new(() => ("TESTSUIT", "secret")));

    [Fact]
    public async Task CreateFramework_Answered_CanBeReadAtOnce()
    {
        var created = await Api.CreateFramework(new() { Framework = Sample.Tree("read") }, _call);
        var changed = Sample.Tree("read");
        changed.DisplayName = "Changed";
        await Api.CreateFramework(new() { Framework = changed }, _call);

        var active = (await Api.GetFramework(new() { Name = "frameworks/read" }, _call)).Framework;
        var first = (await Api.GetFramework(new() { Name = created.Framework.Name }, _call)).Framework;
        var versions = (await Api.ListFrameworks(new() { Parent = "frameworks/read" }, _call)).Frameworks;

        Assert.Equal(("frameworks/read/versions/2", true), (active.Name, active.Active));
        Assert.Equal(("frameworks/read/versions/1", false), (first.Name, first.Active));
        Assert.Equal([active, first], versions);
    }

    [Fact]
    public async Task CreateFramework_ThirtyIndicatorsWithoutRangesAndZeroCoefficients_IsAccepted()
    {
        var model = Sample.Logistic("published");
        model.Logistic.Coefficients.Clear();
        var request = new V1.CreateFrameworkRequest { Framework = model };
        foreach (var number in Enumerable.Range(1, 31))
        {
            request.Indicators.Add(
                new V1.Indicator
                {
                    Code = $"pre_dictor.{number}",
                    DisplayName = $"Predictor {number}",
                    Unit = "as published",
                }
            );
            model.Logistic.Coefficients.Add(new V1.Coefficient { Indicator = $"pre_dictor.{number}", Value = number % 3 == 0 ? 0.2 : 0 });
        }

        var created = await Api.CreateFramework(request, _call);

        Assert.Equal("frameworks/published/versions/1", created.Framework.Name);
        Assert.Equal(31, cluster.Catalogue.Current.Frameworks["published"].Compiled.LeafCount);
    }

    [Fact]
    public async Task CreateFramework_Faults_AreInvalidArgumentWithAPathEach()
    {
        var framework = Sample.Tree("faults");
        framework.DisplayName = "";
        framework.Composite.Root.Children[0].Weight = -1;

        var error = await Assert.ThrowsAsync<RpcException>(() => Api.CreateFramework(new() { Framework = framework }, _call));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(
            ["framework.display_name", "framework.composite.root.children[0].weight"],
            error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field)
        );
    }

    [Fact]
    public async Task CreateIndicators_AnotherDefinition_IsAlreadyExists()
    {
        var other = Sample.Events();
        other.Unit = "events per year";

        var error = await Assert.ThrowsAsync<RpcException>(() => Api.CreateIndicators(new() { Indicators = { other } }, _call));

        Assert.Equal((StatusCode.AlreadyExists, "INDICATOR_IMMUTABLE"), (error.StatusCode, ReasonOf(error)));
    }

    [Fact]
    public async Task ListIndicators_PageByPage_GivesEachOnceInOrder()
    {
        var codes = new List<string>();
        var request = new V1.ListIndicatorsRequest { PageSize = 40 };
        do
        {
            var page = await Api.ListIndicators(request, _call);
            Assert.True(page.Indicators.Count <= 40);
            codes.AddRange(page.Indicators.Select(indicator => indicator.Code));
            request.PageToken = page.NextPageToken;
        } while (request.PageToken.Length > 0);

        Assert.Equal(cluster.Catalogue.Current.Indicators.Keys.Order(StringComparer.Ordinal), codes);
        Assert.True(codes.Count > 80);
    }

    [Fact]
    public async Task CreateFramework_StaleEtag_IsAbortedAndNothingChanges()
    {
        var read = (
            await Api.CreateFramework(new() { Framework = Tree("shared", "Read"), Indicators = { Sample.Indicators() } }, _call)
        ).Framework;
        await Api.CreateFramework(new() { Framework = Tree("shared", "Theirs", read.Etag) }, _call);

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            Api.CreateFramework(new() { Framework = Tree("shared", "Mine", read.Etag) }, _call)
        );

        Assert.Equal((StatusCode.Aborted, "ETAG_MISMATCH"), (error.StatusCode, ReasonOf(error)));
        Assert.Equal("Theirs", (await Api.GetFramework(new() { Name = "frameworks/shared" }, _call)).Framework.DisplayName);
    }

    [Theory]
    [InlineData("frameworks/none")]
    [InlineData("frameworks/mine/versions/9")]
    [InlineData("frameworks/mine/versions/x")]
    [InlineData("frameworks/mine:activate")]
    [InlineData("mine")]
    public async Task GetFramework_UnknownName_IsNotFound(string name)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => Api.GetFramework(new() { Name = name }, _call));

        Assert.Equal((StatusCode.NotFound, "NOT_FOUND"), (error.StatusCode, ReasonOf(error)));
    }

    [Fact]
    public async Task Threshold_WithANoteThatIsTooLong_IsRefused()
    {
        var note = new string('n', 1_001);
        foreach (
            var refused in new Func<Task>[]
            {
                () => Thresholds.CreateThreshold(new() { Threshold = Sample.Threshold(), Note = note }, _call),
                () => Thresholds.UpdateThreshold(new() { Threshold = Sample.Threshold(), Note = note }, _call),
                () => Thresholds.RetireThreshold(new() { Name = Sample.Threshold().Name, Note = note }, _call),
            }
        )
        {
            var error = await Assert.ThrowsAsync<RpcException>(refused);
            Assert.Equal("note", Assert.Single(error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations).Field);
        }
    }

    [Fact]
    public async Task Threshold_FromCreateToRetire_IsReadAsWritten()
    {
        await Api.CreateFramework(new() { Framework = Sample.Tree() }, _call);
        var created = (await Thresholds.CreateThreshold(new() { Threshold = Sample.Threshold() }, _call)).Threshold;
        var edit = created.Clone();
        edit.Value = 70;
        var updated = (await Thresholds.UpdateThreshold(new() { Threshold = edit }, _call)).Threshold;

        var stale = await Assert.ThrowsAsync<RpcException>(() =>
            Thresholds.RetireThreshold(new() { Name = created.Name, Etag = created.Etag }, _call)
        );
        Assert.Equal(updated, (await Thresholds.GetThreshold(new() { Name = created.Name }, _call)).Threshold);
        var retired = (await Thresholds.RetireThreshold(new() { Name = created.Name, Etag = updated.Etag }, _call)).Threshold;
        var again = await Assert.ThrowsAsync<RpcException>(() =>
            Thresholds.CreateThreshold(new() { Threshold = Sample.Threshold() }, _call)
        );

        Assert.Equal((StatusCode.Aborted, "ETAG_MISMATCH"), (stale.StatusCode, ReasonOf(stale)));
        Assert.Equal((StatusCode.FailedPrecondition, "RETIRED"), (again.StatusCode, ReasonOf(again)));
        Assert.NotNull(retired.RetireTime);
        Assert.Equal(retired, (await Thresholds.GetThreshold(new() { Name = created.Name }, _call)).Threshold);
        Assert.DoesNotContain((await Thresholds.ListThresholds(new(), _call)).Thresholds, threshold => threshold.Name == created.Name);
        Assert.Contains(retired, (await Thresholds.ListThresholds(new() { ShowRetired = true }, _call)).Thresholds);
    }

    [Fact]
    public async Task RetireFramework_Standing_IsReadAndListedOnlyWhereItIsAskedFor()
    {
        await Api.CreateFramework(new() { Framework = Tree("trial", "First"), Indicators = { Sample.Indicators() } }, _call);
        await Api.CreateFramework(new() { Framework = Tree("trial", "Second") }, _call);

        var retired = (await Api.RetireFramework(new() { Name = "frameworks/trial" }, _call)).Framework;
        var again = await Assert.ThrowsAsync<RpcException>(() => Api.CreateFramework(new() { Framework = Tree("trial", "Third") }, _call));

        Assert.Equal(("frameworks/trial/versions/2", false, true), (retired.Name, retired.Active, retired.RetireTime is not null));
        Assert.Equal((StatusCode.FailedPrecondition, "RETIRED"), (again.StatusCode, ReasonOf(again)));
        Assert.Equal(retired, (await Api.GetFramework(new() { Name = "frameworks/trial" }, _call)).Framework);
        var first = (await Api.GetFramework(new() { Name = "frameworks/trial/versions/1" }, _call)).Framework;
        Assert.Equal(("First", false), (first.DisplayName, first.Active));
        Assert.Equal([retired, first], (await Api.ListFrameworks(new() { Parent = "frameworks/trial" }, _call)).Frameworks);
        Assert.DoesNotContain((await Api.ListFrameworks(new(), _call)).Frameworks, framework =>
            framework.Name.StartsWith("frameworks/trial/", StringComparison.Ordinal)
        );
        Assert.Contains(retired, (await Api.ListFrameworks(new() { ShowRetired = true }, _call)).Frameworks);
    }

    private static V1.Framework Tree(string id, string displayName, string etag = "")
    {
        var tree = Sample.Tree();
        (tree.Name, tree.DisplayName, tree.Etag) = ($"frameworks/{id}", displayName, etag);
        return tree;
    }

    private static string ReasonOf(RpcException error) => error.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason;
}
