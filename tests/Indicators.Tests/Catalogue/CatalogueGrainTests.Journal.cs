using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Catalogue.Tests.Infrastructure;

namespace EarlyWarning.Indicators.Tests.Catalogue;

/// <content>What is journalled.</content>
public sealed partial class CatalogueGrainTests
{
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
}
