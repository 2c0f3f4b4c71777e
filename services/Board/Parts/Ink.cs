using EarlyWarning.V1;

namespace EarlyWarning.Board.Parts;

/// <summary>In which of five inks a level is drawn: more ink is more risk. A framework may have more levels, or fewer.</summary>
internal static class Ink
{
    private const int Inks = 5;

    /// <summary>The ink of a country's level; 0, which is hatched, where the level is not known.</summary>
    public static int Of(CountryRisk? risk, Framework framework) =>
        risk is { HasLevelOrder: true, Level.Length: > 0 } ? Of(risk.LevelOrder, framework) : 0;

    /// <summary>The ink of a level by its name; 0 where the framework has none of it.</summary>
    public static int Of(string level, Framework framework)
    {
        for (var order = 0; order < framework.Bands.Count; order++)
        {
            if (framework.Bands[order].Level == level)
            {
                return Of(order, framework);
            }
        }

        return 0;
    }

    /// <summary>The ink of a level by its place among the framework's, 0 for the lowest.</summary>
    public static int Of(int order, Framework framework) => 1 + (order * (Inks - 1) / Math.Max(1, framework.Bands.Count - 1));
}
