using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>Which factor each source of random numbers belongs to.</summary>
internal sealed class FactorGroups
{
    private readonly int[] _values;
    private readonly int[] _weights;
    private readonly int[] _choices;
    private readonly int[] _missing;

    public FactorGroups(CompiledFramework framework, SensitivityOptions options, Sources sources)
    {
        _values = Group(sources.Values, (factor, indicator) => factor.HasValue(framework, indicator));
        _weights = Group(sources.Weights, (factor, element) => factor.HasWeight(framework, element));
        _missing = Group(sources.Nodes, (factor, node) => factor.HasMissing(framework, node));
        _choices = [.. options.Uncertainties.Choices.Select(choice => FactorOf(choice.Name, factor => factor.HasChoice(choice.Name)))];

        int[] Group(IReadOnlyDictionary<string, int> codes, Func<SensitivityFactor, string, bool> has)
        {
            var groups = new int[codes.Count];
            foreach (var (code, number) in codes)
                groups[number] = FactorOf(code, factor => has(factor, code));
            return groups;
        }

        int FactorOf(string what, Func<SensitivityFactor, bool> has)
        {
            var found = -1;
            for (var i = 0; i < options.Factors.Length; i++)
            {
                if (!has(options.Factors[i]))
                    continue;
                if (found >= 0)
                    throw new ArgumentException(
                        $"\"{what}\" is both in \"{options.Factors[found].Name}\" and in \"{options.Factors[i].Name}\".",
                        nameof(options)
                    );
                found = i;
            }

            return found;
        }
    }

    /// <summary>Says which sample each source comes from in a row of the design.</summary>
    /// <param name="row">The row.</param>
    public SampleSelection SelectionOf(int row) => new(Of(row, _values), Of(row, _weights), Of(row, _choices), Of(row, _missing));

    private static bool[] Of(int row, int[] groups) => [.. groups.Select(group => group >= 0 && SaltelliDesign.UsesB(row, group))];
}
