-- What is due next on a channel, in the order in which it is sent: without it each attempt sorts all that waits there.
create index notification_delivery_order on notification_delivery (recipient, channel, severity desc, created, message, due) where state = 1;
