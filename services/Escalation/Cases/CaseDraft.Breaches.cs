using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using EarlyWarning.Escalation.Journal;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <summary>How breaches open a case, join it and end in it.</summary>
internal sealed partial class CaseDraft
{
    private ImmutableList<BreachMark> _marks = before.Marks;

    /// <summary>The name of the case that a breach opens: the same for every delivery of it.</summary>
    public static string NameFor(V1.Breach breach)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{breach.Country}\n{breach.Cause}\n{breach.Name}"));
        return $"cases/{breach.Country}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}";
    }

    /// <summary>Opens a case, also by a breach whose end is delivered before its beginning: somebody has to look at it all the same.</summary>
    public void Open(V1.Breach breach)
    {
        _case.Name = NameFor(breach);
        _case.Country = breach.Country;
        _case.CountryName = breach.CountryName;
        _case.Cause = breach.Cause;
        _case.Exercise = breach.Exercise;
        _case.OpenTime = _now;
        Add(Kind.Opened, $"Opened by a breach of “{breach.Threshold?.DisplayName}”: {breach.Sentence}", resource: breach.Name);
        Take(breach);
        BeginClimb();
    }

    /// <summary>
    /// Adds a further breach of the cause. A more severe one begins the climb again. So does any breach that comes when the case is decided or
    /// exhausted and nothing of it fires any more: that is a new danger, which the old answers do not cover.
    /// </summary>
    public void Join(V1.Breach breach)
    {
        var worse = breach.Threshold.Severity > _case.Severity;
        var anew = !IsUndecided(_case.State) && !_case.Firing;
        Add(Kind.BreachJoined, $"A further breach, of “{breach.Threshold?.DisplayName}”: {breach.Sentence}", resource: breach.Name);
        Take(breach);
        if (worse || anew)
        {
            Add(Kind.Reopened, worse
                ? $"The climb begins again, because a more severe breach came: {_case.Severity.ToString().ToLowerInvariant()}."
                : "The climb begins again, because a new breach came after the earlier ones had ended.", resource: breach.Name);
            BeginClimb();
        }
    }

    /// <summary>Takes in a later state of a breach of the case. Its end closes nothing: people do.</summary>
    public void Update(V1.Breach breach) => Take(breach);

    private BreachMark NewestBreach => CaseState.NewestFirst(_marks).First();

    private void Take(V1.Breach breach)
    {
        var place = _marks.FindIndex(known => known.Name == breach.Name);
        var ended = breach.State != V1.Breach.Types.State.Firing;
        if (ended && (place < 0 || _marks[place].State == (int)V1.Breach.Types.State.Firing))
        {
            var how = breach.State == V1.Breach.Types.State.Superseded
                ? "ended, because its threshold was changed, disabled or retired, not because the risk went down"
                : "was resolved: its condition no longer holds";
            Add(Kind.BreachEnded, $"The breach of “{breach.Threshold?.DisplayName}” {how}. The case stays open until people decide it or stand it down.", resource: breach.Name);
        }

        var mark = new BreachMark
        {
            Name = breach.Name,
            Sequence = breach.Sequence,
            State = (int)breach.State,
            Severity = (int)(breach.Threshold?.Severity ?? V1.Severity.Unspecified),
            FireTime = breach.FireTime,
            Position = breach.Position,
            Sentence = breach.Sentence,
            Title = breach.Threshold?.DisplayName ?? "",
        };
        _marks = place < 0 ? _marks.Add(mark) : _marks.SetItem(place, mark);
        Summarise();
    }

    private void Summarise()
    {
        (_case.Title, _case.Sentence) = (NewestBreach.Title, NewestBreach.Sentence);
        _case.Severity = (V1.Severity)_marks.Max(mark => mark.Severity);
        _case.Firing = _marks.Exists(mark => mark.State == (int)V1.Breach.Types.State.Firing);
    }
}
