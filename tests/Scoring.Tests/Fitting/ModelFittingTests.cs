using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Fitting;

public sealed partial class ModelFittingTests : IClassFixture<ScoringHouse>
{
    private readonly ScoringHouse _house;
    private readonly FakeCall _call = new();

    public ModelFittingTests(ScoringHouse house)
    {
        _house = house;
        if (!house.World.Countries.Contains(Chronicle.Countries[0]))
        {
            Chronicle.Put(house.World);
        }
    }

    [Fact]
    public async Task FitModel_Table_IsTheMaximumLikelihood()
    {
        // Two times twenty rows: 5 of 20 events where x is 0, 10 of 20 where it is 1, so the odds ratio is 3.
        var table = new V1.TrainingTable { Predictors = { new V1.ReferenceColumn { Indicator = "x" } } };
        var outcome = new V1.OutcomeDefinition { KnownUntil = Chronicle.EndOf(2003).Stamp() };
        for (var i = 0; i < 40; i++)
        {
            var time = Chronicle.EndOf(2000 + (i % 2));
            table.Countries.Add($"C{i / 2}");
            table.Times.Add(time.Stamp());
            table.Predictors[0].Values.Add(i < 20 ? 0 : 1);
            if (i < 5 || i is >= 20 and < 30)
            {
                outcome.Events.Add(new V1.OutcomeEvent { Country = $"C{i / 2}", Time = time.AddDays(100).Stamp() });
            }
        }

        var answer = await _house.Api.FitModel(
            new()
            {
                Data = new() { Table = table },
                Outcome = outcome,
                Options = new() { Penalty = 0 },
            },
            _call
        );

        Assert.Equal((40, 15, 0), (answer.Rows, answer.Events, answer.Imputed));
        Assert.Equal(Math.Log(5.0 / 15), answer.Framework.Logistic.Intercept, 1e-6);
        Assert.Equal(Math.Log(3), answer.Framework.Logistic.Coefficients.Single().Value, 1e-6);
        Assert.Equal("", answer.Framework.Name);
        Assert.Equal(("", 0, 0L), (answer.Computation.Framework, answer.Computation.CountryCount, answer.Computation.CatalogueRevision));
        Assert.Equal([0, 0.5, 0.8], answer.Framework.Bands.Select(band => band.LowerBound));
    }

    [Fact]
    public async Task FitModel_History_LearnsFromOutcomesThatAreKnown()
    {
        var answer = await FitAsync();

        // The horizon of the last year is not over.
        var years = Chronicle.LastYear - Chronicle.FirstYear;
        Assert.Equal(20 * years, answer.Rows);
        Assert.Equal(Chronicle.Events(Chronicle.FirstYear + 1, Chronicle.LastYear).Count(), answer.Events);
        var terms = answer.Framework.Logistic.Coefficients.ToDictionary(term => term.Indicator, term => term);
        Assert.InRange(terms["stress"].Value, 0.03, 0.09);
        Assert.True(Math.Abs(terms["noise"].Value) < terms["stress"].Value / 3);
        Assert.Equal(
            Chronicle.Countries.Average(country =>
                Enumerable.Range(Chronicle.FirstYear, years).Average(year => Chronicle.Stress(country, year))
            ),
            terms["stress"].StatedValue,
            1e-9
        );
        Assert.Equal(400 * 86_400, terms["stress"].Validity.Seconds);
        Assert.True(answer.Penalty > 0 && answer.CrossValidatedDeviance > 0);
        Assert.InRange(answer.InSample.Auc, 0.7, 1);
    }

    [Fact]
    public async Task FitModel_ListedEvents_GiveTheSameModelAsTheIndicator()
    {
        var listed = new V1.OutcomeDefinition { Events = { Chronicle.Events(Chronicle.FirstYear, Chronicle.LastYear) } };
        var window = Chronicle.Window("stress", "noise");
        window.Until = Chronicle.EndOf(Chronicle.LastYear - 1).Stamp();

        var byList = await FitAsync(request => (request.Outcome, request.Data.History) = (listed, window));
        var byIndicator = await FitAsync(request => request.Data.History = window);

        Assert.Equal(byIndicator.Framework.Logistic, byList.Framework.Logistic);
    }

    [Fact]
    public async Task FitModel_CreateAs_IsTheNextVersionAndScores()
    {
        var first = await FitAsync(request => (request.CreateAs, request.DisplayName) = ("frameworks/fitted", "Fitted"));
        var second = await FitAsync(request =>
        {
            (request.CreateAs, request.Options) = (
                "frameworks/fitted",
                new()
                {
                    Members = 3,
                    Calibration = V1.CalibrationMethod.Platt,
                    Seed = 5,
                }
            );
            request.Options.Interactions.Add(new V1.Interaction { Indicators = { "stress", "stress" } });
        });

        Assert.Equal(("frameworks/fitted/versions/1", "Fitted"), (first.Framework.Name, first.Framework.DisplayName));
        Assert.Equal("frameworks/fitted/versions/2", second.Framework.Name);
        var computation = second.Computation;
        Assert.Equal(("frameworks/fitted/versions/2", 20, 5UL), (computation.Framework, computation.CountryCount, computation.Seed));
        Assert.Equal(first.Computation.CatalogueRevision + 1, computation.CatalogueRevision);
        Assert.Equal(3, second.Framework.Ensemble.Members.Count);
        Assert.Equal(1, second.Framework.Ensemble.Members.Sum(member => member.Weight), 1e-9);
        Assert.NotNull(second.Framework.Ensemble.Calibration.Platt);
        var units = new[] { "low", "high" }.Select(
            (code, i) =>
                new V1.UnitValues
                {
                    Code = code,
                    Values =
                    {
                        new V1.IndicatorValue { Indicator = "stress", Value = i * 100 },
                        new V1.IndicatorValue { Indicator = "noise", Value = 50 },
                    },
                }
        );
        var scores = (
            await _house.Api.ScoreUnits(
                new()
                {
                    Framework = new() { Name = "frameworks/fitted" },
                    Units = { units },
                },
                _call
            )
        ).Scores;
        Assert.True(scores[1].Score > 3 * scores[0].Score);
    }

    [Fact]
    public async Task FitModel_OutcomesNotTold_AreNoRows()
    {
        // Nobody tells from 2010 on, and of one country never: twenty years of nineteen countries less what is not known.
        var told =
            from country in Chronicle.Countries.Skip(1)
            from year in Enumerable.Range(Chronicle.FirstYear, 10)
            select new V1.ToldOutcome
            {
                Country = country,
                Time = Chronicle.EndOf(year).Stamp(),
                Event = Chronicle.Onset(country, year),
            };

        var answer = await FitAsync(request => request.Outcome = new() { Told = { told } });

        Assert.Equal((19 * 9, (20 * 20) - (19 * 9)), (answer.Rows, answer.Unknown));
        Assert.Equal(Chronicle.Events(2001, 2009).Count(one => one.Country != Chronicle.Countries[0]), answer.Events);
        Assert.Equal(2009, answer.KnownUntil.ToDateTime().Year);
    }

    [Fact]
    public async Task FitModel_ListThatEnds_TeachesNothingOfLaterYears()
    {
        var listed = Chronicle.Events(Chronicle.FirstYear, 2008).ToArray();
        var last = listed.Max(one => one.Time.ToDateTime().Year);

        var short1 = await FitAsync(request => request.Outcome = new() { Events = { listed } });
        var whole = await FitAsync(request => request.Outcome = new() { Events = { listed }, KnownUntil = Chronicle.EndOf(2012).Stamp() });

        Assert.Equal((20 * (last - Chronicle.FirstYear), 20 * 12), (short1.Rows, whole.Rows));
    }

    [Fact]
    public async Task FitModel_PredictorKnowsTheNextYearOfALongerHorizon_IsLeaked() =>
        await Refused.AtAsync("data.history.predictors[0]", "LEAKED_PREDICTOR", () => FitAsync(request =>
            {
                request.Data.History = Chronicle.Window("onset-lead", "stress");
                request.Outcome.RelatedIndicators.Clear();
                request.Outcome.Horizon = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromDays(731));
            }));

    private Task<V1.FitModelResponse> FitAsync(Action<V1.FitModelRequest>? change = null)
    {
        var request = new V1.FitModelRequest
        {
            Data = new() { History = Chronicle.Window("stress", "noise") },
            Outcome = Chronicle.Outcome(),
        };
        change?.Invoke(request);
        return _house.Api.FitModel(request, _call);
    }
}
