using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Rankings;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Scores;

/// <summary>Scores any set of values.</summary>
internal sealed class UnitScoring(FrameworkResolver choices)
{
    private const int MostUnits = 1_000;

    public V1.ScoreUnitsResponse Score(V1.ScoreUnitsRequest request)
    {
        if (request.Units.Count is 0 or > MostUnits)
        {
            throw Fault.Field(
                request.Units.Count == 0 ? V1.ErrorReason.InvalidField : V1.ErrorReason.BatchTooLarge,
                "units",
                $"Give 1 to {MostUnits} units; there are {request.Units.Count}."
            );
        }

        var framework = choices.Of(request.Framework, "framework");
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < request.Units.Count; i++)
        {
            if (!codes.Add(request.Units[i].Code))
            {
                throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    $"units[{i}].code",
                    $"'{request.Units[i].Code}' is there twice. Give each unit a code of its own."
                );
            }
        }

        var states = request.Units.Select((unit, i) => UnitInputs.Score(framework, unit, $"units[{i}]")).ToArray();
        var ranks = Ranks.Of([.. states.Select(RankKey.Of)]);
        return new() { Scores = { states.Select((state, i) => UnitScores.Of(framework, request.Units[i].Code, state, ranks[i])) } };
    }
}
