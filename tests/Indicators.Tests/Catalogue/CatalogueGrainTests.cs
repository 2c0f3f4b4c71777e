using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Indicators.Catalogue;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.Store;
using EarlyWarning.Store.Auditing;
using EarlyWarning.Store.Requests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Indicators.Tests.Catalogue;

public sealed class CatalogueGrainTests : IAsyncDisposable
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
    public async Task CreateFramework_SetOfAllCountriesAndManyIndicators_IsJournalled()
    {
        var (framework, indicators) = WithSet(units: 195, columns: 150);

        var change = await _grain.CreateFrameworkAsync(framework, indicators, false);

        Assert.Empty(change.Faults);
        Assert.Equal(framework.Composite.ReferenceSet, change.Framework!.Composite.ReferenceSet);
        Assert.InRange(Assert.Single(_journals.Entries("catalogue")).Payload.Length, 234_000, 260_000);
    }

    [Fact]
    public async Task CreateFramework_TooLargeForTheJournal_IsAFaultOfTheSetAndNothingIsCreated()
    {
        var (framework, indicators) = WithSet(units: 1_000, columns: 150);

        var change = await _grain.CreateFrameworkAsync(framework, indicators, false);

        var fault = Assert.Single(change.Faults);
        Assert.Equal((V1.ErrorReason.InvalidFramework, "framework.composite.reference_set"), (fault.Reason, fault.Field));
        Assert.Contains("may have 1,000,000. Keep fewer units or columns", fault.Message, StringComparison.Ordinal);
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

    [Fact]
    public async Task CreateThreshold_SameAgain_ChangesNothingAndAnotherIsRefused()
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        var first = await _grain.CreateThresholdAsync(Sample.Threshold(), false);
        var again = await _grain.CreateThresholdAsync(first.Threshold!.Clone(), false);
        var other = Sample.Threshold();
        other.Value = 70;

        var refused = await _grain.CreateThresholdAsync(other, false);

        Assert.Equal(first.Threshold, again.Threshold);
        Assert.Equal(V1.ErrorReason.AlreadyExists, Assert.Single(refused.Faults).Reason);
        Assert.Equal(2, refused.Revision);
    }

    [Fact]
    public async Task UpdateThreshold_EtagOfAnEarlierEdit_IsRefused()
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        var first = (await _grain.CreateThresholdAsync(Sample.Threshold(), false)).Threshold!;
        var edit = first.Clone();
        edit.Value = 70;
        var second = (await _grain.UpdateThresholdAsync(edit, false)).Threshold!;
        var late = first.Clone();
        late.Value = 80;

        var refused = await _grain.UpdateThresholdAsync(late, false);

        Assert.NotEqual(first.Etag, second.Etag);
        var fault = Assert.Single(refused.Faults);
        Assert.Equal((V1.ErrorReason.EtagMismatch, second.Name, second.Etag), (fault.Reason, fault.Resource, fault.Etag));
        Assert.Equal(3, second.Revision);
    }

    [Fact]
    public async Task UpdateThreshold_UnderAMark_KeepsItsAnswerWithTheChangeAndIsNotMadeTwice()
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        await _grain.CreateThresholdAsync(Sample.Threshold(), false);
        var edit = Sample.Threshold();
        edit.Value = 71;
        var request = new KeptRequest("caller\nid\n/earlywarning.v1.ThresholdService/UpdateThreshold\ncontent", []);
        var first = await _grain.UpdateThresholdAsync(edit, false, request);
        var other = edit.Clone();
        other.Value = 72;

        await Assert.ThrowsAsync<StoreConflictException>(() => _grain.UpdateThresholdAsync(other, false, request));

        var kept = await new RequestTable(_journals, TimeProvider.System).FindAsync("caller", "id", default);
        Assert.Equal(first.Threshold, V1.UpdateThresholdResponse.Parser.ParseFrom(kept!.Answer).Threshold);
        var present = await _grain.UpdateThresholdAsync(edit, false);
        Assert.Equal(first.Threshold, present.Threshold);
        Assert.Equal(first.Revision, present.Revision);
    }

    [Fact]
    public async Task CreateThreshold_UnderAMarkThatGoesOnRecord_KeepsItsEntryWithTheChangeAndNoneWithoutIt()
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        const string Entry = """{"id":"1","time":"2026-03-01T00:00:00Z","caller":"ada","method":"m","code":"OK"}""";
        KeptRequest request = new($"\n\n/earlywarning.v1.ThresholdService/CreateThreshold\n\n{Entry}", []);
        var chain = new AuditChain(_journals);
        _journals.Broken = true;
        await _grain.CreateThresholdAsync(Sample.Threshold(), false, request);
        _journals.Broken = false;
        Assert.Empty(await chain.ListAsync(new(), long.MaxValue, 10, default));

        Assert.Empty((await _grain.CreateThresholdAsync(Sample.Threshold(), false, request)).Faults);
        Assert.Equal(Entry, Assert.Single(await chain.ListAsync(new(), long.MaxValue, 10, default)).Text);
    }

    [Fact]
    public async Task Change_StoreUnavailable_IsAFaultAndTheSameAgainSucceeds()
    {
        _journals.Broken = true;
        var failed = await _grain.CreateIndicatorsAsync(Sample.Indicators(), false);
        _journals.Broken = false;
        var again = await _grain.CreateIndicatorsAsync(Sample.Indicators(), false);

        Assert.Equal(V1.ErrorReason.StoreUnavailable, Assert.Single(failed.Faults).Reason);
        Assert.Equal(1, again.Revision);
    }

    [Fact]
    public async Task Change_AnotherWriterHasTakenOver_FoldsItsChangesFirst()
    {
        await _grain.CreateIndicatorsAsync([Sample.Events()], false);
        var other = NewGrain();
        await other.CreateIndicatorsAsync([Sample.Trust()], false);

        var fenced = await _grain.CreateIndicatorsAsync([Sample.Open()], false);
        var again = await _grain.CreateIndicatorsAsync([Sample.Open()], false);

        Assert.Equal(V1.ErrorReason.StoreUnavailable, Assert.Single(fenced.Faults).Reason);
        Assert.Equal(3, again.Revision);
    }

    [Fact]
    public async Task ChangesAfter_Reopened_FoldToTheSameState()
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        await _grain.CreateThresholdAsync(Sample.Threshold(), false);
        await _grain.RetireFrameworkAsync("frameworks/sample", "", false);
        var changes = await NewGrain().ChangesAfterAsync(0);

        var state = changes.Aggregate(CatalogueState.Empty, (folded, change) => folded.Apply(CatalogueJournal.Unwrap(change)));

        Assert.Equal(3, state.Revision);
        Assert.Equal(["events", "open", "trust"], state.Indicators.Keys);
        Assert.Empty(state.Thresholds);
        Assert.Empty(state.Frameworks);
        Assert.Equal(["frameworks/sample", "thresholds/high-risk"], state.Retired.Keys);
        Assert.Equal(new(Sample.Now, 3), state.Retired["thresholds/high-risk"]);
        Assert.Single(await _grain.ChangesAfterAsync(2));
    }

    [Fact]
    public void Apply_EntryOfALaterBuild_MovesTheRevisionOnAndChangesNothing()
    {
        var state = CatalogueState.Empty.Apply(CatalogueJournal.Read(1, Sample.Now, new byte[] { 9, 9, 9 }));

        Assert.Equal(1, state.Revision);
        Assert.Empty(state.Indicators);
    }

    private static (V1.Framework Framework, V1.Indicator[] Indicators) WithSet(int units, int columns)
    {
        var framework = Sample.Tree();
        V1.Indicator[] further =
        [
            .. Enumerable
                .Range(0, columns)
                .Select(i => new V1.Indicator
                {
                    Code = $"i{i}",
                    DisplayName = "I",
                    Unit = "u",
                }),
        ];
        framework.Composite.ReferenceSet = new()
        {
            Units = { Enumerable.Range(0, units).Select(i => new V1.ReferenceUnit { Code = $"U{i}" }) },
            Columns =
            {
                further.Select(
                    (indicator, c) =>
                        new V1.ReferenceColumn
                        {
                            Indicator = indicator.Code,
                            Values = { Enumerable.Range(0, units).Select(u => u + (c / 7.0)) },
                        }
                ),
            },
        };
        return (framework, [.. Sample.Indicators(), .. further]);
    }

    private CatalogueGrain NewGrain() => new(_journals, new Suite(Exercise: true, ""), _time, NullLogger<CatalogueGrain>.Instance);
}
