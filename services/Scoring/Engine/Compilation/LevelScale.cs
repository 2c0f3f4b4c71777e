using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>The levels of a node that decides beside the root.</summary>
internal sealed class LevelScale
{
    private readonly double[] _bounds;
    private readonly int[] _levels;

    public LevelScale(NodeLevels levels, Framework framework)
    {
        CoverageFloor = levels.CoverageFloor;
        _bounds = [.. levels.Bands.Select(band => band.LowerBound)];
        _levels = [.. levels.Bands.Select(band => framework.Bands.Select(own => own.Name).ToList().IndexOf(band.Name))];
    }

    /// <summary>Gets the least share of the node's weight that must have valid data.</summary>
    public double CoverageFloor { get; }

    /// <summary>The index of a score's level in the framework's bands, the lowest one for a score below it.</summary>
    public int Of(double score)
    {
        var band = _bounds.Length - 1;
        while (band > 0 && score < _bounds[band])
            band--;
        return _levels[band];
    }

    /// <summary>Where a level, or the next higher one that there is, begins; +∞ where none does.</summary>
    public double BoundOf(int level)
    {
        for (var band = 0; band < _levels.Length; band++)
            if (_levels[band] >= level)
                return _bounds[band];
        return double.PositiveInfinity;
    }
}
