using System.Diagnostics;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.TestKit.Stories;

/// <summary>
/// What happens to a running suite, and who has to hear of it, as a timeline: at these times these things happen, these people are told
/// within these windows; <see cref="RunAsync"/> plays it and then checks. Times are seconds of the story's own clock, which stands while
/// something happens: a restart takes none of it. A story is told once.
/// </summary>
/// <param name="channel">Reaches the suite, also after a restart.</param>
/// <param name="headers">Who calls; nobody where it is not given.</param>
public sealed class Story(ChannelBase channel, Metadata? headers = null)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);

    private readonly List<(double At, string What, Func<Task> Happens)> _happenings = [];
    private readonly List<Told> _expected = [];
    private readonly Dictionary<SeenMessage, double> _seen = [];
    private readonly Stopwatch _clock = new();
    private double _until;

    /// <summary>Something happens.</summary>
    /// <param name="at">When; of two with one time the one that was named first is first.</param>
    /// <param name="what">What it is, for the message where it fails.</param>
    /// <param name="happens">Does it.</param>
    public Story At(double at, string what, Func<Task> happens)
    {
        _happenings.Add((at, what, happens));
        return this;
    }

    /// <summary>A partner sends observations, all of which are to be recorded.</summary>
    public Story Push(double at, params Observation[] observations) =>
        At(at, $"push {string.Join(", ", observations.Select(one => $"{one.Country} {one.Value}"))}", async () =>
        {
            foreach (var observation in observations)
            {
                var answer = await new ObservationService.ObservationServiceClient(channel).RecordObservationAsync(
                    new() { Observation = observation },
                    headers
                );
                if (answer.Outcome != Outcome.Recorded)
                {
                    throw new InvalidOperationException($"{observation.Country} is not recorded: {answer}");
                }
            }
        });

    /// <summary>A recipient acknowledges the country's open case, once it asks somebody.</summary>
    public Story Acknowledge(double at, string country, string recipient) =>
        At(at, $"{recipient} acknowledges the case of {country}", async () =>
        {
            var cases = new CaseService.CaseServiceClient(channel);
            var open = await Eventually.GetAsync(
                async () =>
                    (await cases.ListCasesAsync(new() { Countries = { country }, OpenOnly = true }, headers)).Cases.FirstOrDefault(),
                one => one?.State == Case.Types.State.AwaitingAcknowledgement,
                $"a case of {country} asks somebody"
            );
            await cases.AcknowledgeCaseAsync(new() { Name = open!.Name, Recipient = Recipient(recipient) }, headers);
        });

    /// <summary>Somebody is told of a country on a channel, within a window; a second message of the kind is another expectation.</summary>
    /// <param name="from">The earliest.</param>
    /// <param name="to">The latest.</param>
    /// <param name="country">Of which country.</param>
    /// <param name="recipient">Who, without <c>recipients/</c>.</param>
    /// <param name="kind">On which channel.</param>
    /// <param name="state">What the delivery comes to.</param>
    public Story Expect(
        double from,
        double to,
        string country,
        string recipient,
        ChannelKind kind = ChannelKind.Inbox,
        Delivery.Types.State state = Delivery.Types.State.Delivered
    )
    {
        _expected.Add(new(from, to, country, Recipient(recipient), kind, state));
        return this;
    }

    /// <summary>Goes on to a time although all has come, so that what must not come has the time to.</summary>
    public Story Until(double at)
    {
        _until = at;
        return this;
    }

    /// <summary>
    /// Plays the story; then checks that exactly the expected came, each within its window. It ends as soon as all has happened and come,
    /// and at the latest when the last window is over.
    /// </summary>
    /// <exception cref="InvalidOperationException">It went otherwise; the message says what is missing and what came instead.</exception>
    public async Task RunAsync()
    {
        var next = new Queue<(double At, string What, Func<Task> Happens)>(_happenings.OrderBy(happening => happening.At));
        var end = Math.Max(_until, _expected.Select(told => told.To).DefaultIfEmpty(0).Max());
        using var timer = new PeriodicTimer(s_poll);
        _clock.Start();
        while (next.Count > 0 || Now < _until || (Now <= end && !Matches().All))
        {
            if (next.TryPeek(out var happening) && happening.At <= Now)
            {
                await HappenAsync(next.Dequeue());
            }

            await LookAsync();
            await timer.WaitForNextTickAsync();
        }

        await LookAsync();
        if (!Matches().All)
        {
            throw new InvalidOperationException($"Not told as expected. {Report()}");
        }
    }

    private double Now => _clock.Elapsed.TotalSeconds;

    private static string Recipient(string id) => id.Contains('/', StringComparison.Ordinal) ? id : $"recipients/{id}";

    private async Task HappenAsync((double At, string What, Func<Task> Happens) happening)
    {
        _clock.Stop();
        try
        {
            await happening.Happens();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"At {happening.At} s, {happening.What}: {exception.Message}\n{Report()}", exception);
        }
        finally
        {
            _clock.Start();
        }
    }

    /// <summary>Notes what is seen for the first time.</summary>
    private async Task LookAsync()
    {
        var notifications = new NotificationService.NotificationServiceClient(channel);
        foreach (var one in (await notifications.ListNotificationsAsync(new() { PageSize = 500 }, headers)).Notifications)
        {
            foreach (var delivery in one.Deliveries.Where(delivery => delivery.State != Delivery.Types.State.Waiting))
            {
                _seen.TryAdd(new(one.Name, one.Country, one.Recipient, delivery.Channel, delivery.State), Now);
            }
        }
    }

    /// <summary>Gives each expectation, the narrowest first, the earliest message that meets it.</summary>
    private (bool All, List<Told> Missing, List<KeyValuePair<SeenMessage, double>> Unexpected) Matches()
    {
        var left = _seen.OrderBy(seen => seen.Value).ToList();
        List<Told> missing = [];
        foreach (var told in _expected.OrderBy(told => told.To - told.From))
        {
            var found = left.FindIndex(seen => told.IsMetBy(seen.Key, seen.Value));
            if (found < 0)
            {
                missing.Add(told);
            }
            else
            {
                left.RemoveAt(found);
            }
        }

        return (missing.Count + left.Count == 0, missing, left);
    }

    private string Report()
    {
        var (_, missing, unexpected) = Matches();
        return $"Missing:\n{string.Join('\n', missing.Select(told => $"  {told}"))}\nNot expected, or not then:\n"
            + string.Join('\n', unexpected.Select(seen => FormattableString.Invariant($"  {seen.Value:0.0} s: {seen.Key}")));
    }
}
