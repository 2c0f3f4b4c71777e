using EarlyWarning.Board.Language;
using EarlyWarning.V1;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Board.Viewing;

/// <summary>
/// What calls for one viewer while a page is open: a situation that was not there, and a deadline of theirs that comes near. Each is said
/// once; what stood when the page first knew of all cases is no news. Not thread-safe.
/// </summary>
internal sealed class Alarms
{
    /// <summary>How long before its end a deadline is near.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromMinutes(15);

    private HashSet<string>? _open;
    private HashSet<(string Case, DateTimeOffset Due)> _near = [];

    /// <summary>What is new by now, in words.</summary>
    public IReadOnlyList<string> Hear(Sight now)
    {
        if (!now.State.Whole.Contains("cases"))
        {
            return [];
        }

        var near = now.Open.Where(one => Due(one, now) is { } due && due - now.Now < Near).ToList();
        IReadOnlyList<string> news = _open is null
            ? []
            :
            [
                .. now
                    .Open.Where(one => !_open.Contains(one.Name))
                    .Select(one => Words.Say("call.new", Words.Named(one.Severity), Name(one), one.Title)),
                .. near.Where(one => _open.Contains(one.Name) && !_near.Contains((one.Name, Due(one, now)!.Value)))
                    .Select(one => Words.Say("call.near", Name(one), Number.Left(Due(one, now)!.Value - now.Now))),
            ];
        _open = [.. now.Open.Select(one => one.Name)];
        _near = [.. near.Select(one => (one.Name, Due(one, now)!.Value))];
        return news;
    }

    private static string Name(Case one) => Words.Land(one.Country, one.CountryName);

    /// <summary>By when a case needs the viewer first; <see langword="null"/> where it does not.</summary>
    private static DateTimeOffset? Due(Case one, Sight sight) =>
        sight.Needs(one)
            ? one.Climbs.Where(climb => climb.State == CaseState.AwaitingAcknowledgement).Min(climb => Number.At(climb.DueTime))
            : null;
}
