using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Indicators.Catalogue;
using EarlyWarning.ServiceDefaults.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Indicators.Tests.Catalogue;

/// <summary>What is retired decides nothing more, can be read for ever, and keeps its name.</summary>
public sealed class RetiringTests : IAsyncDisposable
{
    public ValueTask DisposeAsync() => _journals.DisposeAsync();

    private const string Framework = "frameworks/sample";
    private const string Threshold = "thresholds/high-risk";
    private readonly FakeTimeProvider _time = new(Sample.Now);
    private readonly TestStore _journals;
    private readonly CatalogueGrain _grain;

    public RetiringTests()
    {
        _journals = new(_time);
        _grain = new(_journals, new Suite(Exercise: true, ""), _time, NullLogger<CatalogueGrain>.Instance);
    }

    [Fact]
    public async Task RetireThreshold_Standing_IsKeptWithItsEndAndWatchedNoLonger()
    {
        var kept = await CreateAsync();
        _time.Advance(TimeSpan.FromHours(1));

        var change = await _grain.RetireThresholdAsync(Threshold, kept.Etag, false);

        Assert.Empty(change.Faults);
        Assert.Equal(
            (3L, Sample.Now.AddHours(1), kept.Value),
            (change.Revision, change.Threshold!.RetireTime.ToDateTimeOffset(), change.Threshold.Value)
        );
        var state = await StateAsync();
        Assert.Empty(state.Thresholds);
        Assert.Equal(change.Threshold, state.ThresholdOf("high-risk"));
        Assert.Single(state.Frameworks);
    }

    [Fact]
    public async Task RetireThreshold_TheSameAgain_ChangesNothingWhateverTheEtag()
    {
        var kept = await CreateAsync();
        var first = await _grain.RetireThresholdAsync(Threshold, kept.Etag, false);

        var again = await _grain.RetireThresholdAsync(Threshold, kept.Etag, false);

        Assert.Equal((first.Revision, first.Threshold), (again.Revision, again.Threshold));
        Assert.Empty(again.Faults);
    }

    [Theory]
    [InlineData("thresholds/none", "", V1.ErrorReason.NotFound)]
    [InlineData("high-risk", "", V1.ErrorReason.NotFound)]
    [InlineData(Framework, "", V1.ErrorReason.NotFound)]
    [InlineData(Threshold, "stale", V1.ErrorReason.EtagMismatch)]
    public async Task RetireThreshold_UnknownOrStale_IsRefusedAndNothingChanges(string name, string etag, V1.ErrorReason reason)
    {
        await CreateAsync();

        var change = await _grain.RetireThresholdAsync(name, etag, false);

        Assert.Equal(reason, Assert.Single(change.Faults).Reason);
        Assert.Equal(2, change.Revision);
    }

    [Fact]
    public async Task CreateThreshold_UnderARetiredName_IsRefusedThoughItIsTheSame()
    {
        await CreateAsync();
        await _grain.RetireThresholdAsync(Threshold, "", false);

        foreach (
            var change in new[]
            {
                await _grain.CreateThresholdAsync(Sample.Threshold(), false),
                await _grain.UpdateThresholdAsync(Sample.Threshold(), false),
            }
        )
        {
            var fault = Assert.Single(change.Faults);
            Assert.Equal((V1.ErrorReason.Retired, "threshold.name"), (fault.Reason, fault.Field));
            Assert.Equal(3, change.Revision);
        }
    }

    [Fact]
    public async Task RetireFramework_Watched_RetiresItsThresholdsWithIt()
    {
        await CreateAsync();
        var other = Sample.Tree();
        other.Name = "frameworks/other";
        await _grain.CreateFrameworkAsync(other, [], false);
        var watching = Sample.Threshold();
        (watching.Name, watching.Framework) = ("thresholds/of-the-other", "frameworks/other");
        await _grain.CreateThresholdAsync(watching, false);

        var change = await _grain.RetireFrameworkAsync(Framework, "", false);

        Assert.Empty(change.Faults);
        Assert.Equal([Threshold], change.RetiredThresholds);
        Assert.Equal(
            ("frameworks/sample/versions/1", false, Sample.Now),
            (change.Framework!.Name, change.Framework.Active, change.Framework.RetireTime.ToDateTimeOffset())
        );
        var state = await StateAsync();
        Assert.Equal(["other"], state.Frameworks.Keys);
        Assert.Equal(["of-the-other"], state.Thresholds.Keys);
        Assert.Equal([Framework, Threshold], state.Retired.Keys);
    }

    [Fact]
    public async Task RetireFramework_ValidateOnly_SaysWhatItWouldRetireAndChangesNothing()
    {
        await CreateAsync();

        var change = await _grain.RetireFrameworkAsync(Framework, "", true);

        Assert.Equal([Threshold], change.RetiredThresholds);
        Assert.Empty((await StateAsync()).Retired);
    }

    [Fact]
    public async Task RetireFramework_WithAStaleEtag_IsRefusedAndNothingChanges()
    {
        await CreateAsync();

        var change = await _grain.RetireFrameworkAsync(Framework, "stale", false);

        var fault = Assert.Single(change.Faults);
        Assert.Equal((V1.ErrorReason.EtagMismatch, "etag"), (fault.Reason, fault.Field));
        Assert.Empty((await StateAsync()).Retired);
    }

    [Theory]
    [InlineData("frameworks/none")]
    [InlineData("frameworks/sample/versions/1")]
    [InlineData(Threshold)]
    public async Task RetireFramework_NameOfNone_IsNotFound(string name)
    {
        await CreateAsync();

        Assert.Equal(V1.ErrorReason.NotFound, Assert.Single((await _grain.RetireFrameworkAsync(name, "", false)).Faults).Reason);
    }

    [Fact]
    public async Task CreateFramework_UnderARetiredName_IsRefusedThoughItIsTheSame()
    {
        await CreateAsync();
        await _grain.RetireFrameworkAsync(Framework, "", false);

        var change = await _grain.CreateFrameworkAsync(Sample.Tree(), [], false);

        var fault = Assert.Single(change.Faults);
        Assert.Equal((V1.ErrorReason.Retired, "framework.name"), (fault.Reason, fault.Field));
        Assert.Equal(3, change.Revision);
    }

    [Fact]
    public async Task CreateThreshold_OnARetiredFramework_SaysThatItWasRetired()
    {
        await CreateAsync();
        await _grain.RetireFrameworkAsync(Framework, "", false);
        var another = Sample.Threshold();
        another.Name = "thresholds/another";

        var fault = Assert.Single((await _grain.CreateThresholdAsync(another, false)).Faults);

        Assert.Equal("threshold.framework", fault.Field);
        Assert.Contains("was retired", fault.Message, StringComparison.Ordinal);
    }

    private async Task<V1.Threshold> CreateAsync()
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        return (await _grain.CreateThresholdAsync(Sample.Threshold(), false)).Threshold!;
    }

    private async Task<CatalogueState> StateAsync() =>
        (await _grain.ChangesAfterAsync(0)).Aggregate(CatalogueState.Empty, (folded, change) =>
            folded.Apply(CatalogueJournal.Unwrap(change))
        );
}
