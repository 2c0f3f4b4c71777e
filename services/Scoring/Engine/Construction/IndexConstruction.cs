using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>
/// Builds a composite indicator over a whole reference set at once. Source: OECD and JRC, Handbook on Constructing Composite Indicators
/// (2008), steps 2 to 6; where definitions vary, COINr's (Becker and others, Journal of Open Source Software 7, 2022).
/// </summary>
public static class IndexConstruction
{
    /// <summary>
    /// Builds a framework over its reference set. A live country whose values are those of a unit of the set has that unit's scores.
    /// </summary>
    /// <param name="framework">The framework; it has a reference set, whether or not a method asks for one.</param>
    /// <returns>Every stage as a table.</returns>
    /// <exception cref="InvalidModelException">The framework cannot be built; the exception says what is wrong with the first faulty
    /// stage.</exception>
    public static ConstructedIndex Construct(CompositeFramework framework) => new(framework, Build(framework));

    internal static SetConstruction Build(CompositeFramework framework)
    {
        ArgumentNullException.ThrowIfNull(framework);
        var errors = new ErrorList();
        if (!TreeOutline.IsSound(framework))
        {
            new TreeRules(framework, errors).Check();
            throw new InvalidModelException(errors.ToImmutable());
        }

        var outline = TreeOutline.Of(framework);
        new ParameterRules(framework, errors).Check(outline);
        if (framework.Reference is null)
            errors.Add("reference", "There is no reference set to build the framework over.", "Give the framework one.");
        if (errors.IsEmpty && SetConstruction.Over(framework, outline, framework.Reference!, errors) is { } built)
            return built;
        throw new InvalidModelException(errors.ToImmutable());
    }
}
