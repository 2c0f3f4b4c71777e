using EarlyWarning.Notification.Messages;
using EarlyWarning.Store.Committing;

namespace EarlyWarning.Notification.Intake;

/// <summary>What a unit writes of events beside their messages.</summary>
internal static class IntakeUnits
{
    /// <summary>Sets the last change of a breach that was handled; refused where another one was handled since it was read.</summary>
    public static Unit SetBreach(this Unit unit, string breach, long sequence, bool firing, long? known) =>
        known is { } before
            ? unit.Require(
                static () => new ConcurrentChangeException(),
                "update notification_breach set sequence = $1, firing = $2 where breach = $3 and sequence = $4",
                sequence,
                firing ? 1L : 0L,
                breach,
                before
            )
            : unit.Require(
                static () => new ConcurrentChangeException(),
                "insert into notification_breach (breach, sequence, firing) values ($1, $2, $3)",
                breach,
                sequence,
                firing ? 1L : 0L
            );

    /// <summary>The breach has ended: whom nobody was told for need not be told any more.</summary>
    public static Unit SettleBreach(this Unit unit, string breach) =>
        unit.Add(
                """
                update notification_message set settled = 1, sequence = sequence + 1, reason = reason || ' The breach has ended since.'
                where breach = $1 and case_name = '' and recipient = '' and settled = 0
                """,
                breach
            )
            .Add(
                """
                update notification_event set source = null where source is not null and event in (
                  select event from notification_message where breach = $1 and case_name = '' and recipient = '' and settled = 1)
                """,
                breach
            );

    /// <summary>Somebody is asked at a step of a climb at which nobody could be before.</summary>
    public static Unit SettleStep(this Unit unit, string caseName, int climb, int step) =>
        unit.Add(
                """
                update notification_message set settled = 1, sequence = sequence + 1,
                  reason = reason || ' The step was asked again, and has somebody to answer.'
                where case_name <> '' and case_name = $1 and climb = $2 and step = $3 and recipient = '' and settled = 0
                """,
                caseName,
                (long)climb,
                (long)step
            )
            .DropSources(caseName, climb);

    /// <summary>A climb asks nobody any more: what nobody could be told of it need not be told.</summary>
    public static Unit SettleClimb(this Unit unit, string caseName, int climb) =>
        unit.Add(
                """
                update notification_message set settled = 1, sequence = sequence + 1,
                  reason = reason || ' Nobody is asked any more: somebody answered, or it ended.'
                where case_name <> '' and case_name = $1 and climb = $2 and recipient = '' and settled = 0
                """,
                caseName,
                (long)climb
            )
            .DropSources(caseName, climb);

    private static Unit DropSources(this Unit unit, string caseName, int climb) =>
        unit.Add(
            """
            update notification_event set source = null where source is not null and event in (
              select event from notification_message where case_name <> '' and case_name = $1 and climb = $2 and recipient = ''
                and settled = 1)
            """,
            caseName,
            (long)climb
        );
}
