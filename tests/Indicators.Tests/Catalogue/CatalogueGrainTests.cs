using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Indicators.Catalogue;
using EarlyWarning.ServiceDefaults.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Indicators.Tests.Catalogue;

public sealed partial class CatalogueGrainTests : IAsyncDisposable
{
    public ValueTask DisposeAsync() => _journals.DisposeAsync();

    private readonly FakeTimeProvider _time = new(Sample.Now);
    private readonly TestStore _journals;
    private readonly CatalogueGrain _grain;

    public CatalogueGrainTests()
    {
        _journals = new(_time);
        _grain = NewGrain();
    }

    [Fact]
    public async Task CreateIndicators_SameAgain_ChangesNothing()
    {
        var first = await _grain.CreateIndicatorsAsync(Sample.Indicators(), false);
        var second = await _grain.CreateIndicatorsAsync([Sample.Trust()], false);

        Assert.Equal((1, 1), (first.Revision, second.Revision));
        Assert.Equal(Sample.Now, second.Indicators[0].CreateTime.ToDateTimeOffset());
    }

    [Fact]
    public async Task CreateIndicators_OtherDefinition_IsRefusedAndNothingIsCreated()
    {
        await _grain.CreateIndicatorsAsync([Sample.Events()], false);
        var other = Sample.Events();
        other.Maximum = 50;

        var change = await _grain.CreateIndicatorsAsync([Sample.Trust(), other], false);

        var fault = Assert.Single(change.Faults);
        Assert.Equal((V1.ErrorReason.IndicatorImmutable, "indicators[1].code"), (fault.Reason, fault.Field));
        Assert.Contains("maximum 1000", fault.Message, StringComparison.Ordinal);
        Assert.Single(_journals.Entries("catalogue"));
    }

    [Theory]
    [InlineData("code", "Events")]
    [InlineData("display_name", "")]
    [InlineData("unit", "")]
    [InlineData("maximum", "low")]
    [InlineData("minimum", "nan")]
    public async Task CreateIndicators_BrokenField_NamesIt(string field, string value)
    {
        var indicator = Sample.Events();
        switch (field)
        {
            case "code":
                indicator.Code = value;
                break;
            case "display_name":
                indicator.DisplayName = value;
                break;
            case "unit":
                indicator.Unit = value;
                break;
            case "maximum":
                indicator.Maximum = -1;
                break;
            default:
                indicator.Minimum = double.NaN;
                break;
        }

        var change = await _grain.CreateIndicatorsAsync([Sample.Trust(), indicator], false);

        var fault = Assert.Single(change.Faults);
        Assert.Equal((V1.ErrorReason.InvalidField, $"indicators[1].{field}"), (fault.Reason, fault.Field));
    }

    [Fact]
    public async Task CreateFramework_SameDefinition_KeepsTheVersion()
    {
        var first = await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        var asKept = first.Framework!.Clone();
        asKept.Name = "frameworks/sample";

        var again = await _grain.CreateFrameworkAsync(asKept, [], false);

        Assert.Equal("frameworks/sample/versions/1", first.Framework.Name);
        Assert.Equal((1, first.Framework), (again.Revision, again.Framework));
    }

    [Theory]
    [InlineData("frameworks/sample/versions/7")]
    [InlineData("frameworks/sample/")]
    [InlineData("frameworks/-")]
    [InlineData("frameworks/sample-")]
    [InlineData("frameworks/Sample")]
    [InlineData("frameworks/")]
    [InlineData("sample")]
    public async Task CreateFramework_NameOfNoFramework_IsRefusedAndTheActiveVersionStays(string name)
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        var other = Sample.Tree();
        (other.Name, other.DisplayName) = (name, "Other");

        var change = await _grain.CreateFrameworkAsync(other, [], false);

        var fault = Assert.Single(change.Faults);
        Assert.Equal((V1.ErrorReason.InvalidField, "framework.name"), (fault.Reason, fault.Field));
        Assert.Equal(1, change.Revision);
    }

    [Fact]
    public async Task CreateFramework_ReadBeforeAnotherChangedIt_IsRefusedByItsEtagAndNothingChanges()
    {
        var read = (await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false)).Framework!;
        var (theirs, mine) = (Sample.Tree(), Sample.Tree());
        (theirs.DisplayName, theirs.Etag) = ("Theirs", read.Etag);
        (mine.DisplayName, mine.Etag) = ("Mine", read.Etag);

        var first = await _grain.CreateFrameworkAsync(theirs, [], false);
        var second = await _grain.CreateFrameworkAsync(mine, [], false);

        Assert.Equal("Theirs", first.Framework!.DisplayName);
        var fault = Assert.Single(second.Faults);
        Assert.Equal((V1.ErrorReason.EtagMismatch, "framework.etag"), (fault.Reason, fault.Field));
        Assert.Equal(2, second.Revision);
    }

    [Fact]
    public async Task CreateFramework_ChangedDefinition_MakesTheNextVersionActive()
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        var changed = Sample.Tree();
        changed.Composite.Root.Children[0].Weight = 3;

        var second = await _grain.CreateFrameworkAsync(changed, [], false);

        Assert.Equal("frameworks/sample/versions/2", second.Framework!.Name);
        Assert.Equal((2, 2, true), (second.Revision, second.Framework.Revision, second.Framework.Active));
    }

    [Fact]
    public async Task CreateFramework_ValidateOnly_AnswersAsItWouldBeAndChangesNothing()
    {
        var change = await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), true);

        Assert.Equal("frameworks/sample/versions/1", change.Framework!.Name);
        Assert.Equal(0, change.Revision);
        Assert.Empty(_journals.Entries("catalogue"));
    }

    [Fact]
    public async Task CreateFramework_DropsWhatAThresholdWatches_IsRefusedUnlessDisabled()
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        var threshold = Sample.Threshold();
        threshold.Target = "cohesion";
        await _grain.CreateThresholdAsync(threshold, false);
        var without = Sample.Tree();
        without.Composite.Root.Children.RemoveAt(1);

        var refused = await _grain.CreateFrameworkAsync(without, [], false);
        threshold.Disabled = true;
        await _grain.UpdateThresholdAsync(threshold, false);
        var accepted = await _grain.CreateFrameworkAsync(without, [], false);

        Assert.Contains("thresholds/high-risk", Assert.Single(refused.Faults).Message, StringComparison.Ordinal);
        Assert.Equal("frameworks/sample/versions/2", accepted.Framework!.Name);
    }

    private CatalogueGrain NewGrain() => new(_journals, new Suite(Exercise: true, ""), _time, NullLogger<CatalogueGrain>.Instance);
}
