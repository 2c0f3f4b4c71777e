using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Evaluating;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>Fits a model to outcomes, and keeps it as a framework where that is asked for.</summary>
internal sealed class ModelFitting(
    TrainingSource source,
    OutcomeReader outcomes,
    ICatalogue catalogue,
    CatalogueWriting writing,
    ResultCache cache,
    ComputationGate gate
)
{
    private const int StandardTop = 30;
    private const int LongestName = 200;
    private const string UnkeptId = "fitted";
    private const string StandardName = "Fitted logistic model";

    public async Task<V1.FitModelResponse> FitAsync(V1.FitModelRequest request, ComputationRun run, CancellationToken cancellationToken)
    {
        var id = IdOf(request);
        CheckBands(request);
        outcomes.Check(request.Outcome);
        var revision = catalogue.Current.Revision;
        run.Reading?.Report(0);
        var rows = await source.ReadAsync(request.Data, "data", run, cancellationToken);
        var plan = FitPlan.Of(request.Options, rows.Predictors, "options");
        var countries = rows.Countries;
        var happened = await outcomes.ReadAsync(
            request.Outcome,
            countries,
            rows.Times[^1],
            rows.WithHindsight,
            run.AsOf,
            cancellationToken
        );
        try
        {
            var (response, cached) = await cache.GetAsync(
                Key(request, rows, happened),
                (key, progress, ending) => gate.RunAsync(() => Fit(request, id, rows, plan, happened, key, progress, ending), ending),
                cancellationToken,
                run.OnAdvance
            );
            response.Computation.Cached = cached;
            if (request.Data.History is not null || request.Outcome.Indicator.Length > 0)
            {
                (response.Computation.CountryCount, response.Computation.CatalogueRevision) = (countries.Length, revision);
            }

            if (id.Length == 0)
            {
                return response;
            }

            response.Framework.Etag = request.Etag;
            return await writing.CreateAsync(response.Framework, response, run.Mark, validateOnly: false, cancellationToken);
        }
        catch (FittingException exception)
        {
            throw FittingFaults.Of(exception, rows);
        }
    }

    private V1.FitModelResponse Fit(
        V1.FitModelRequest request,
        string id,
        TrainingRows rows,
        FitPlan plan,
        OutcomeSet happened,
        string key,
        IProgress<ComputationProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var panels = new LabelledPanels(rows, happened, request.Outcome);
        var panel = panels.Whole();
        var known = panel.Rows.Where(row => row.Outcome is not null).ToArray();
        if (known.Length == 0)
        {
            throw new FittingException(
                "rows",
                "Of no row is the outcome known over its whole horizon.",
                "Give earlier rows, later outcomes, or say until when they are complete (known_until)."
            );
        }

        panels.CheckLeaks(plan.Design);
        var forecast = ForecastFit.Fit(panel, plan, new PhaseProgress("fitting", progress.Report), cancellationToken);
        ScoredOutcome[] cases =
        [
            .. known.Select(row => new ScoredOutcome(forecast.Probability(row.Values), row.Outcome!.Value, row.Period, row.Country)),
        ];
        var skill = Skills.Of(cases, StandardTop, probabilities: true);
        var framework = new FittedFrameworks(rows, catalogue.Current.Indicators.GetValueOrDefault).Write(
            id.Length > 0 ? id : UnkeptId,
            request.DisplayName.Length > 0 ? request.DisplayName : StandardName,
            forecast,
            request.Bands,
            skill.BaseRate
        );
        framework.Name = id.Length > 0 ? FrameworkNames.Framework(id) : "";
        return new()
        {
            Framework = framework,
            Penalty = forecast.Result.Lambda,
            CrossValidatedDeviance = forecast.Result.CrossValidation is { } chosen ? chosen.Points[chosen.Best].Mean : 0,
            InSample = skill,
            Rows = known.Length,
            Events = skill.Events,
            Imputed = known.Sum(row => row.Values.Count(double.IsNaN)),
            Unknown = panel.Rows.Length - known.Length,
            KnownUntil = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(happened.Known.Until),
            Computation = new() { Key = key, Seed = plan.Recipe.Seed },
        };
    }

    private ContentKey Key(V1.FitModelRequest request, TrainingRows rows, OutcomeSet happened)
    {
        var content = request.Clone();
        content.Data = null;
        content.Outcome.Events.Clear();
        content.MinimumRevisions.Clear();
        (content.RequestId, content.Etag) = ("", "");
        var key = new ContentKey("fit").Add(content).Add(rows).Add(happened);
        foreach (var predictor in rows.Predictors)
        {
            key.Add(catalogue.Current.Indicators.GetValueOrDefault(predictor));
        }

        return key;
    }

    private static void CheckBands(V1.FitModelRequest request)
    {
        for (var i = 0; i < request.Bands.Count; i++)
        {
            var band = request.Bands[i];
            if (!ResourceForm.IsCode(band.Level))
            {
                throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    $"bands[{i}].level",
                    $"'{band.Level}' is no level. Use a-z, 0-9, dot, hyphen and underscore, a letter first."
                );
            }

            if (i == 0 ? band.LowerBound != 0 : !(band.LowerBound > request.Bands[i - 1].LowerBound && band.LowerBound < 1))
            {
                throw Fault.Field(V1.ErrorReason.InvalidField, $"bands[{i}].lower_bound", "Levels start at 0 and rise, all below 1.");
            }
        }
    }

    private static string IdOf(V1.FitModelRequest request)
    {
        if (request.DisplayName.Length > LongestName)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "display_name", $"The display name has at most {LongestName} characters.");
        }

        if (request.CreateAs.Length == 0)
        {
            return "";
        }

        return ResourceForm.IdOf(request.CreateAs, ResourceForm.Frameworks) is { } id && ResourceForm.IsFrameworkId(id)
            ? id
            : throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "create_as",
                "Write frameworks/ and then 1 to 40 of a-z, 0-9 and hyphen; a version is made."
            );
    }
}
