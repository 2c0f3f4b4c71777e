using EarlyWarning.Board.Language;
using EarlyWarning.V1;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Board.Viewing;

/// <summary>
/// What calls for one viewer while a page is open: a situation that was not there, one that has become more severe or asks anew, and a
/// deadline of theirs that comes near. Each is said once; what stood when the page first knew of all cases is no news, unless it came
/// while the same tab was cut off. Not thread-safe.
/// </summary>
internal sealed class Alarms
{
    /// <summary>How long before its end a deadline is near.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromMinutes(15);

    private Dictionary<string, (Severity Severity, int Climbs)>? _open;
    private DateTimeOffset? _heard;
    private HashSet<(string Case, DateTimeOffset Due)> _near = [];

    /// <summary>What is new by now, in words.</summary>
    public IReadOnlyList<string> Hear(Sight now)
    {
        if (!now.State.Whole.Contains("cases"))
        {
            return [];
        }

        if (_open is null && _heard is not null)
        {
            _open = Stood(now);
        }

        var near = now.Open.Where(one => Due(one, now) is { } due && due - now.Now < Near).ToList();
        IReadOnlyList<string> news = _open is null
            ? []
            :
            [
                .. now.Open.Select(one => Of(one, _open)).OfType<string>(),
                .. near.Where(one => _open.ContainsKey(one.Name) && !_near.Contains((one.Name, Due(one, now)!.Value)))
                    .Select(one => Words.Say("call.near", Name(one), Number.Left(Due(one, now)!.Value - now.Now))),
            ];
        _open = now.Open.ToDictionary(one => one.Name, one => (one.Severity, one.Climbs.Count), StringComparer.Ordinal);
        _near = [.. near.Select(one => (one.Name, Due(one, now)!.Value))];
        return news;
    }

    /// <summary>What is new since the same tab last heard of the suite, before it was cut off and opened anew.</summary>
    /// <param name="now">What there is.</param>
    /// <param name="heard">When it last heard, by the suite's clock.</param>
    public IReadOnlyList<string> Resume(Sight now, DateTimeOffset heard)
    {
        (_open, _heard) = (null, heard);
        return Hear(now);
    }

    // What had been opened by then. How severe it was then is not known, and not called.
    private Dictionary<string, (Severity Severity, int Climbs)> Stood(Sight now) =>
        now
            .Open.Where(one => Number.At(one.OpenTime) <= _heard)
            .ToDictionary(one => one.Name, one => (one.Severity, one.Climbs.Count), StringComparer.Ordinal);

    private static string? Of(Case one, Dictionary<string, (Severity Severity, int Climbs)> before) =>
        !before.TryGetValue(one.Name, out var was) || (one.Climbs.Count > was.Climbs && one.Severity <= was.Severity)
            ? Words.Say("call.new", Words.Named(one.Severity), Name(one), one.Title)
        : one.Severity > was.Severity ? Words.Say("call.worse", Words.Named(one.Severity), Name(one), one.Title)
        : null;

    private static string Name(Case one) => Words.Land(one.Country, one.CountryName);

    /// <summary>By when a case needs the viewer first; <see langword="null"/> where it does not.</summary>
    private static DateTimeOffset? Due(Case one, Sight sight) =>
        sight.Needs(one)
            ? one.Climbs.Where(climb => climb.State == CaseState.AwaitingAcknowledgement).Min(climb => Number.At(climb.DueTime))
            : null;
}
