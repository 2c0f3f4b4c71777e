using EarlyWarning.V1;

namespace EarlyWarning.Cli.Importing;

/// <summary>Counts the answer to a batch.</summary>
internal static class Answers
{
    /// <summary>Counts what is final, and gives the items to send again with the suite's reason.</summary>
    public static List<(Item Item, ItemProblem? Problem)> Count(
        Batch batch,
        IReadOnlyList<Outcome> outcomes,
        IEnumerable<ItemProblem> problems,
        IEnumerable<int> notCurrent,
        Tally tally
    )
    {
        var byIndex = problems.ToLookup(problem => problem.Index);
        HashSet<int> outranked = [.. notCurrent];
        var again = new List<(Item, ItemProblem?)>();
        for (var index = 0; index < batch.Items.Count; index++)
        {
            var item = batch.Items[index];
            var problem = Joined(byIndex[index]);
            switch (index < outcomes.Count ? outcomes[index] : Outcome.Retry)
            {
                case Outcome.Recorded:
                    tally.Recorded++;
                    Place(item, isCurrent: !outranked.Contains(index), tally);
                    break;
                case Outcome.Duplicate:
                    tally.Duplicates++;
                    Place(item, isCurrent: true, tally);
                    break;
                case Outcome.Superseded:
                    tally.Duplicates++;
                    Place(item, isCurrent: false, tally);
                    break;
                case Outcome.Rejected:
                    tally.Reject(Rejected(item, problem));
                    break;
                default:
                    again.Add((item, problem));
                    break;
            }
        }

        return again;
    }

    /// <summary>All that is wrong with an item as one problem: the first's field and reason, everybody's words.</summary>
    public static ItemProblem? Joined(IEnumerable<ItemProblem> problems)
    {
        var all = problems.ToList();
        return all.Count < 2
            ? all.FirstOrDefault()
            : new(all[0]) { Message = string.Join(" ", all.Select(problem => problem.Message).Distinct()) };
    }

    public static Rejection Rejected(Item item, ItemProblem? problem) =>
        new(
            item.Row,
            item.Column.Length > 0 ? item.Column : FieldOf(problem?.Field ?? ""),
            problem?.Reason ?? "REJECTED",
            problem?.Message ?? "The suite gave no reason."
        );

    // What stands on a key's last line is what the file means to be current.
    private static void Place(Item item, bool isCurrent, Tally tally)
    {
        if (item.IsLast && (item.IsOutranked || !isCurrent))
        {
            tally.NotCurrent.Add(item.Row.Line);
        }
    }

    private static string FieldOf(string field) => field[(field.LastIndexOf('.') + 1)..];
}
