using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>
/// Draws scores of all countries, block after block on several threads. A draw's numbers depend on its number alone, and each block is
/// written to its own place, so the result is the same however the blocks are shared out.
/// </summary>
/// <param name="model">What is drawn.</param>
/// <param name="key">The seed.</param>
/// <param name="draws">How many draws.</param>
/// <param name="threads">How many threads may work; 0 for as many as there are processors.</param>
internal sealed class DrawRun(DrawModel model, ulong key, int draws, int threads)
{
    private readonly WorkspaceSize _size = model.Size;

    /// <summary>Draws.</summary>
    /// <param name="samples">Which sample each source comes from; null for the first throughout.</param>
    /// <param name="drawn">Filled with the draws.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <param name="progress">Is told the share of the draws that is done, now and then, from any thread.</param>
    /// <param name="after">Is called after each block with the memory of its thread, its first draw and the draw after its last.</param>
    public void Run(
        SampleSelection? samples,
        DrawnScores drawn,
        CancellationToken cancellation,
        Action<double>? progress = null,
        Action<Workspace, int, int>? after = null
    )
    {
        var blocks = (draws + Workspace.Block - 1) / Workspace.Block;
        var done = 0;
        if (threads == 1 || blocks == 1)
        {
            var workspace = new Workspace(_size);
            for (var block = 0; block < blocks; block++)
                Work(block, workspace);
            return;
        }

        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = threads == 0 ? -1 : threads };
        Parallel.For(
            0,
            blocks,
            options,
            () => new Workspace(_size),
            (block, _, workspace) =>
            {
                Work(block, workspace);
                return workspace;
            },
            _ => { }
        );

        void Work(int block, Workspace workspace)
        {
            cancellation.ThrowIfCancellationRequested();
            var (first, end) = (block * Workspace.Block, Math.Min(draws, (block + 1) * Workspace.Block));
            Draw(workspace, new DrawBlock(key, first, samples), end, drawn);
            after?.Invoke(workspace, first, end);
            if (progress is null)
                return;
            var now = Interlocked.Increment(ref done);
            if (now * 100L / blocks != (now - 1) * 100L / blocks)
                progress((double)now / blocks);
        }
    }

    private void Draw(Workspace workspace, in DrawBlock draws, int end, DrawnScores drawn)
    {
        model.Alternatives.Draw(draws, model.VariesByChoice, workspace.Sums, workspace.Options);
        for (var number = 0; number < model.Weights.Length; number++)
            if (IsTaken(workspace, number))
                model.Weights[number].Draw(draws, workspace.Weights(number));
        for (var country = 0; country < drawn.Scores.Length; country++)
        {
            workspace.Begin();
            var one = model.Countries[country];
            var scores = drawn.Scores[country].AsSpan()[draws.First..end];
            var levels = drawn.Levels is { } all ? all[country].AsSpan()[draws.First..end] : [];
            for (var number = 0; number < one.Plans.Length; number++)
            {
                if (!IsTaken(workspace, number))
                    continue;
                var plan = one.Plans[number];
                Take(plan.Draw(number, workspace, one.Deviates, draws), workspace.Options, number, scores);
                if (!levels.IsEmpty)
                    TakeLevels(plan, workspace, number, scores, levels);
            }
        }
    }

    private bool IsTaken(Workspace workspace, int number) =>
        model.Alternatives.Frameworks.Length == 1 || Array.IndexOf(workspace.Options, number) >= 0;

    private void TakeLevels(DrawPlan plan, Workspace workspace, int number, ReadOnlySpan<double> scores, Span<byte> levels)
    {
        for (var i = 0; i < levels.Length; i++)
            if (workspace.Options[i] == number && !double.IsNaN(scores[i]))
                levels[i] = (byte)plan.LevelOf(workspace, model.Nominal.LevelOf(scores[i]), i);
    }

    private static void Take(ReadOnlySpan<double> scores, int[] options, int number, Span<double> target)
    {
        for (var i = 0; i < target.Length; i++)
            if (options[i] == number)
                target[i] = scores[i];
    }
}
