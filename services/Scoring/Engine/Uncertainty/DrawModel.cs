using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Numerics;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>Everything about a run that does not differ from draw to draw. Immutable; any number of threads may draw from it.</summary>
internal sealed class DrawModel
{
    private readonly MonteCarloOptions _options;

    /// <summary>Initializes a new instance of the <see cref="DrawModel"/> class.</summary>
    /// <param name="nominal">The framework as it is.</param>
    /// <param name="countries">The countries.</param>
    /// <param name="options">What is unsure.</param>
    /// <param name="varying">What of it differs from draw to draw.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ArgumentException">A combination of choices lacks the node that is asked for, or two countries have one
    /// code.</exception>
    public DrawModel(
        CompiledFramework nominal,
        ImmutableArray<CountryValues> countries,
        MonteCarloOptions options,
        Varying varying,
        CancellationToken cancellation
    )
        : this(nominal, options, varying)
    {
        if (countries.Select(country => country.Country).Distinct(StringComparer.Ordinal).Count() != countries.Length)
            throw new ArgumentException("A country is there twice.", nameof(countries));
        var scales = Alternatives.Frameworks.Select(framework => new MissingScales(framework)).ToArray();
        Countries =
        [
            .. countries.Select(country =>
            {
                cancellation.ThrowIfCancellationRequested();
                var state = country.Under(nominal);
                var states = Alternatives.Frameworks.Select(framework => framework == nominal ? state : country.Under(framework));
                return Draft(state, states, Seed.Of(country.Country), scales);
            }),
        ];
    }

    /// <summary>Initializes a new instance of the <see cref="DrawModel"/> class for one country's present state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="options">What is unsure; no choices.</param>
    public DrawModel(ScoreState state, MonteCarloOptions options)
        : this(state.Framework, options, Varying.All) =>
        Countries = [Draft(state, [state], OwnerOf(state), [new MissingScales(state.Framework)])];

    private DrawModel(CompiledFramework nominal, MonteCarloOptions options, Varying varying)
    {
        (Nominal, _options) = (nominal, options);
        Alternatives = new Alternatives(nominal, options.Choices);
        Sources = new Sources(nominal, Alternatives.Frameworks, varying);
        VariesByChoice = [.. options.Choices.Select(choice => varying.Choices(choice.Name))];
        Weights = [.. Alternatives.Frameworks.Select(framework => new DrawnWeights(framework, options.Weights, Sources.OfWeight))];
        Node = NodeIn(nominal);
    }

    public CompiledFramework Nominal { get; }

    /// <summary>Gets the number in the framework as it is of the node that is asked for.</summary>
    public int Node { get; }

    public Alternatives Alternatives { get; }

    public Sources Sources { get; }

    /// <summary>Gets, by choice, whether it is drawn.</summary>
    public bool[] VariesByChoice { get; }

    /// <summary>Gets, by alternative, the weights that are drawn.</summary>
    public DrawnWeights[] Weights { get; }

    public DrawnCountry[] Countries { get; } = [];

    /// <summary>Gets a value indicating whether nodes beside the root decide levels, so that those do not follow from the scores.</summary>
    public bool DrawsLevels => Node == Nominal.Root && !Nominal.Model.NodeLevels.IsDefaultOrEmpty;

    /// <summary>Gets how much memory a thread needs.</summary>
    public WorkspaceSize Size
    {
        get
        {
            var nodes = Countries.SelectMany(country => country.Plans).SelectMany(plan => plan.Nodes).Select(node => node.ChildCount);
            return new WorkspaceSize(
                Countries.Max(country => country.Deviates.Length),
                Countries.Max(country => country.Plans.Max(plan => plan.Nodes.Length)),
                nodes.DefaultIfEmpty().Max(),
                [.. Weights.Select(weights => weights.Count)],
                Countries.Length
            );
        }
    }

    private DrawnCountry Draft(ScoreState nominal, IEnumerable<ScoreState> states, ulong owner, MissingScales[] scales)
    {
        var deviates = new DeviateList(owner);
        var hasScore = nominal.NodeScore(Node) is not null;
        var plans = states.Select((state, number) => hasScore ? PlanOf(state, number, scales[number], deviates) : DrawPlan.None).ToArray();
        return new DrawnCountry(nominal.NodeScore(Node), DrawsLevels ? nominal.LevelIndex : 0, plans, deviates.ToArray());
    }

    private DrawPlan PlanOf(ScoreState state, int number, MissingScales scales, DeviateList deviates)
    {
        var node = NodeIn(state.Framework);
        if (state.NodeScore(node) is not { } score)
            return DrawPlan.None;
        var builder = new DrawPlanBuilder(
            state,
            new LeafDraws(state, _options, scales, Sources, deviates),
            Weights[number],
            new MissingDraws(state.Framework, _options, Sources, deviates.Owner)
        );
        return builder.Build(node, score, node == state.Framework.Root ? Deciding(state) : []);
    }

    /// <summary>The nodes beside the root that have enough data to decide the level.</summary>
    private static IEnumerable<(int Node, double Score)> Deciding(ScoreState state) =>
        Enumerable
            .Range(0, state.Framework.Root)
            .Where(node => state.Framework.LevelsOf(node) is not null && state.NodeLevel(node) >= 0)
            .Select(node => (node, state.NodeScore(node)!.Value));

    /// <summary>Whose draws they are, the same for a country alone and among others.</summary>
    private static ulong OwnerOf(ScoreState state) => Seed.Of(state.Country?.Key ?? "");

    private int NodeIn(CompiledFramework framework)
    {
        if (_options.Node is null)
            return framework.Root;
        return framework.TryGetNode(_options.Node, out var node)
            ? node
            : throw new ArgumentException($"There is no node \"{_options.Node}\" in each combination of choices.", nameof(framework));
    }
}

/// <summary>One country of a run.</summary>
/// <param name="Nominal">Its point score; null without one, and then it has no plans of use.</param>
/// <param name="Level">Its level; 0 where levels follow from the scores.</param>
/// <param name="Plans">How it is drawn, by alternative.</param>
/// <param name="Deviates">The random quantities that the plans share.</param>
internal sealed record DrawnCountry(double? Nominal, int Level, DrawPlan[] Plans, Deviate[] Deviates);
