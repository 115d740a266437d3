"""Qpid Proton on the bus: each row of bus-semantics.txt is a function here, or is named in NOT_PROTON with the reason.

Environment: BUS_PORT, BUS_KEY_NAME and BUS_KEY (SASL PLAIN), BUS_LOCK_MS (lock duration of the queue "short"). Prints TAP.
"""
import os
import sys
import time
import traceback
import uuid

from proton import Condition, Delivery, LinkException, Message, symbol, timestamp, Timeout
from proton.reactor import Filter, LinkOption
from proton.utils import BlockingConnection, LinkDetached

PORT = os.environ["BUS_PORT"]
KEY_NAME, KEY = os.environ["BUS_KEY_NAME"], os.environ["BUS_KEY"]
LOCK = int(os.environ["BUS_LOCK_MS"]) / 1000
PLAIN, SESSIONS = "school-closures", "advice-responses"
SESSION_FILTER = symbol("com.microsoft:session-filter")


def connect():
    return BlockingConnection(f"amqp://127.0.0.1:{PORT}", timeout=15, user=KEY_NAME, password=KEY, allowed_mechs="PLAIN", allow_insecure_mechs=True, heartbeat=None)


def send(connection, queue, *messages):
    sender = connection.create_sender(queue, name=str(uuid.uuid4()))
    for message in messages:
        message.id = message.id or str(uuid.uuid4())
        message.durable = True
        sender.send(message)
    sender.close()


def receiver(connection, queue, credit=1, session=None, asks=False):
    options = Filter({SESSION_FILTER: session}) if asks or session is not None else None
    return connection.create_receiver(queue, credit=credit, options=options, name=str(uuid.uuid4()))


def next_of(source, within=15):
    return source.receive(timeout=within)


def none_of(source):
    try:
        source.receive(timeout=0.5)
    except Timeout:
        return
    raise AssertionError("a message came that should not")


def manage(connection, entity, operation, body):
    reply_to = f"reply-{uuid.uuid4()}"

    class Target(LinkOption):
        def apply(self, link):
            link.target.address = reply_to

    answers = connection.create_receiver(f"{entity}/$management", credit=1, options=Target(), name=str(uuid.uuid4()))
    sender = connection.create_sender(f"{entity}/$management", name=str(uuid.uuid4()))
    sender.send(Message(id="1", reply_to=reply_to, properties={"operation": f"com.microsoft:{operation}"}, body=body))
    answer = answers.receive(timeout=15)
    answers.accept()
    answers.close()
    sender.close()
    return answer


def settle(source, state, failed=False, undeliverable=False, condition=None):
    delivery = source.fetcher.unsettled.popleft()
    if condition is not None:
        delivery.local.condition = condition
    delivery.local.failed = failed
    delivery.local.undeliverable = undeliverable
    delivery.update(state)
    delivery.settle()
    time.sleep(0.2)


def send_and_complete(c):
    send(c, PLAIN, Message(id="1", correlation_id="c", subject="s", properties={"n": 7}, body="body"))
    r = receiver(c, PLAIN)
    m = next_of(r)
    assert (m.id, m.correlation_id, m.subject, m.properties["n"], m.body) == ("1", "c", "s", 7, "body"), m
    assert "x-opt-sequence-number" in m.annotations and "x-opt-locked-until" in m.annotations
    r.accept()
    none_of(r)


def abandon_counts(c):
    send(c, PLAIN, Message(body="1"))
    r = receiver(c, PLAIN, credit=2)
    next_of(r)
    settle(r, Delivery.MODIFIED)
    again = next_of(r)
    assert again.delivery_count == 1, again.delivery_count
    r.accept()


def closing_does_not_count(c):
    send(c, SESSIONS, Message(body="1", group_id="x"))
    for _ in range(12):
        r = receiver(c, SESSIONS, session="x")
        assert next_of(r).delivery_count == 0
        r.close()
    send(c, "short", Message(body="1"))
    r = receiver(c, "short")
    next_of(r)
    r.close()
    # The lock runs out after its receiver has gone.
    r = receiver(c, "short")
    assert next_of(r, LOCK + 10).delivery_count == 0
    r.accept()


def dead_letter_with_reason(c):
    send(c, PLAIN, Message(body="1"))
    r = receiver(c, PLAIN)
    next_of(r)
    settle(r, Delivery.REJECTED, condition=Condition("com.microsoft:dead-letter", info={symbol("DeadLetterReason"): "reason", symbol("DeadLetterErrorDescription"): "description"}))
    letter = next_of(receiver(c, PLAIN + "/$deadletterqueue"))
    assert (letter.properties["DeadLetterReason"], letter.properties["DeadLetterErrorDescription"]) == ("reason", "description")


def defer_and_fetch(c):
    send(c, PLAIN, Message(body="1"))
    r = receiver(c, PLAIN)
    number = next_of(r).annotations["x-opt-sequence-number"]
    settle(r, Delivery.MODIFIED, undeliverable=True)
    none_of(r)
    answer = manage(c, PLAIN, "receive-by-sequence-number", {"sequence-numbers": [number], "receiver-settle-mode": 0})
    assert answer.properties["statusCode"] == 200, answer.properties


def schedule_and_cancel(c):
    when = timestamp(int(time.time() * 1000) + 1000)
    send(c, PLAIN, Message(body="2", annotations={symbol("x-opt-scheduled-enqueue-time"): when}))
    r = receiver(c, PLAIN)
    none_of(r)
    assert next_of(r).body == "2"
    r.accept()
    assert manage(c, PLAIN, "cancel-scheduled-message", {"sequence-numbers": [987654]}).properties["statusCode"] == 404


def peek_without_taking(c):
    send(c, PLAIN, Message(body="1"), Message(body="2"))
    answer = manage(c, PLAIN, "peek-message", {"from-sequence-number": 0, "message-count": 10})
    assert len(answer.body["messages"]) == 2


def receive_and_delete(c):
    class Settled(LinkOption):
        def apply(self, link):
            link.snd_settle_mode = 1

    send(c, PLAIN, Message(body="1"))
    next_of(c.create_receiver(PLAIN, credit=1, options=Settled()))
    none_of(receiver(c, PLAIN))


def lock_renewed_and_lost(c):
    send(c, "short", Message(body="1"))
    r = receiver(c, "short", credit=2)
    next_of(r)
    again = next_of(r, LOCK + 5)
    assert again.delivery_count == 1, again.delivery_count


def prefetch(c):
    send(c, PLAIN, *[Message(body=str(n)) for n in range(30)])
    r = receiver(c, PLAIN, credit=10)
    for n in range(30):
        m = next_of(r)
        assert (m.body, m.delivery_count) == (str(n), 0)
        r.accept()


def session_by_id_in_order_for_one_holder(c):
    send(c, SESSIONS, *[Message(body=str(n), group_id="x") for n in range(5)])
    r = receiver(c, SESSIONS, session="x")
    other = connect()
    try:
        receiver(other, SESSIONS, session="x")
        raise AssertionError("two holders")
    except (LinkDetached, LinkException) as refused:
        assert "session-cannot-be-locked" in str(refused), refused
    finally:
        other.close()
    for n in range(5):
        assert next_of(r).body == str(n)
        r.accept()


def session_next_or_none_in_time(c):
    send(c, SESSIONS, Message(body="1", group_id="x"))
    assert next_of(receiver(c, SESSIONS, asks=True)).group_id == "x"


def session_state(c):
    send(c, SESSIONS, Message(body="1", group_id="x"))
    r = receiver(c, SESSIONS, session="x")
    assert manage(c, SESSIONS, "set-session-state", {"session-id": "x", "session-state": b"state"}).properties["statusCode"] == 200
    assert manage(c, SESSIONS, "get-session-state", {"session-id": "x"}).body["session-state"] == b"state"
    r.close()


def session_lock_renewed_and_lost(c):
    send(c, "short-sessions", Message(body="1", group_id="x"))
    r = receiver(c, "short-sessions", session="x")
    next_of(r)
    assert manage(c, "short-sessions", "renew-session-lock", {"session-id": "x"}).properties["statusCode"] == 200
    time.sleep(LOCK + 1)
    try:
        manage(c, "short-sessions", "renew-session-lock", {"session-id": "x"})
        raise AssertionError("a lost session is renewed")
    except LinkDetached as lost:
        assert "session-lock-lost" in str(lost), lost
    other = connect()
    assert next_of(receiver(other, "short-sessions", session="x")).delivery_count == 1
    other.close()


def token_refused(c):
    try:
        BlockingConnection(f"amqp://127.0.0.1:{PORT}", timeout=15, user=KEY_NAME, password="another", allowed_mechs="PLAIN", allow_insecure_mechs=True)
        raise AssertionError("a wrong secret logs in")
    except AssertionError:
        raise
    except Exception:
        pass


def message_of_the_largest_size(c):
    send(c, PLAIN, Message(body=bytes(262_000)))
    r = receiver(c, PLAIN)
    assert len(next_of(r).body) == 262_000
    r.accept()


def request_over_the_size_is_answered(c):
    answer = manage(c, PLAIN, "schedule-message", {"messages": [{"message": bytes(300_000)}]})
    assert answer.properties["statusCode"] == 413, answer.properties


def unknown_entity_is_answered(c):
    try:
        c.create_sender("nowhere")
        raise AssertionError("a sender of nothing")
    except (LinkDetached, LinkException) as refused:
        assert "not-found" in str(refused), refused


def what_is_not_offered_is_answered(c):
    answer = manage(c, "advice-requests/Subscriptions/other", "enumerate-rules", {"top": 10, "skip": 0})
    assert answer.properties["statusCode"] == 501, answer.properties


NOT_PROTON = {
    "batch_of_many": "the format of a batch is Microsoft's own",
    "processor": "Proton has none",
    "session_processor": "Proton has none",
    "reconnects_after_a_restart": "BlockingConnection does not",
}

rows = [row.strip() for row in open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "bus-semantics.txt")) if row.strip()]
failed = 0
print(f"1..{len(rows)}")
for number, row in enumerate(rows, 1):
    if row in NOT_PROTON:
        print(f"ok {number} - {row} (not Proton's: {NOT_PROTON[row]})")
        continue
    connection = connect()
    try:
        globals()[row](connection)
        print(f"ok {number} - {row}")
    except Exception:
        failed += 1
        print(f"not ok {number} - {row}")
        print("\n".join("#   " + line for line in traceback.format_exc().splitlines()))
    finally:
        try:
            connection.close()
        except Exception:
            pass
    # What a row left behind is nobody else's.
    for queue in (PLAIN, SESSIONS, "short", "short-sessions", PLAIN + "/$deadletterqueue"):
        sweeper = connect()
        try:
            while True:
                r = receiver(sweeper, queue, credit=1, asks=queue in (SESSIONS, "short-sessions"), session="x" if queue in (SESSIONS, "short-sessions") else None)
                while True:
                    r.receive(timeout=0.05)
                    r.accept()
        except Exception:
            pass
        sweeper.close()
sys.exit(1 if failed else 0)
